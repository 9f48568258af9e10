{{/* The pods of one kind, as a peer. Takes root and name. */}}
{{- define "gorder.peer" -}}
- podSelector:
    matchLabels: {{- include "gorder.selector" . | nindent 6 }}
{{- end }}

{{/* The way to one server: to its pods if it is in the cluster, else to its ports. Takes root and name. */}}
{{- define "gorder.toServer" -}}
{{- $name := ternary "standin" .name (and (eq .name "stripe") (ne (include "gorder.inCluster" (dict "root" .root "name" "standin")) "")) -}}
{{- if eq .name "keep" }}{{ $name = ternary "mysql" .name (ne (include "gorder.inCluster" (dict "root" .root "name" "mysql")) "") }}{{ end -}}
{{- if include "gorder.inCluster" (dict "root" .root "name" $name) -}}
- to: {{- include "gorder.peer" (dict "root" .root "name" $name) | nindent 4 }}
  ports: [{ port: {{ index (include "gorder.developmentServers" .root | fromYaml) $name | dig "port" 0 }} }]
{{- else -}}
{{- $server := index .root.Values.networkPolicy.servers .name -}}
- ports:
    {{- range $server.ports }}
    - { port: {{ . }} }
    {{- end }}
  {{- with $server.to }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Who comes in. Takes root, name, service (its row of the list), topology and front. */}}
{{- define "gorder.ingressOf" -}}
{{- range $caller, $called := .topology.calls }}
{{- if hasKey $called $.name }}
- from: {{- include "gorder.peer" (dict "root" $.root "name" $caller) | nindent 4 }}
  ports: [{ port: 50002 }]
{{- end }}
{{- end }}
{{- /* An empty list of peers would let in everybody. */}}
{{- if or .service.customers (and .service.front .front) }}
- from:
    {{- if .service.customers }}
    - podSelector: { matchLabels: { gorder/customer: "true" } }
    {{- end }}
    {{- with .front }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- if and (eq .name "payment") (include "gorder.inCluster" (dict "root" .root "name" "standin")) }}
    {{- include "gorder.peer" (dict "root" .root "name" "standin") | nindent 4 }}
    {{- end }}
  ports: [{ port: 8080 }]
{{- end }}
{{- if and .root.Values.monitoring.serviceMonitor.enabled .service.sidecar }}
- from:
    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ .root.Values.monitoring.namespace }} } }
  ports: [{ port: 8082 }, { port: 9090 }]
{{- end }}
{{- end }}

{{/* Where it goes. Takes root, name, service and topology. */}}
{{- define "gorder.egressOf" -}}
{{- if .service.sidecar }}
# Dapr's control plane: sentry, operator, placement, scheduler.
- to:
    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ .root.Values.dapr.namespace }} } }
  ports: [{ port: 50001 }, { port: 6500 }, { port: 50005 }, { port: 50006 }]
{{- end }}
{{- range $callee, $_ := index .topology.calls .name | default dict }}
- to: {{- include "gorder.peer" (dict "root" $.root "name" $callee) | nindent 4 }}
  ports: [{ port: 50002 }]
{{- end }}
{{- range (include "gorder.serversOf" . | fromYaml).list }}
{{ include "gorder.toServer" (dict "root" $.root "name" .) }}
{{- end }}
{{- end }}
