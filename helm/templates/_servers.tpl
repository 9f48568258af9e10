{{/* The ConfigMap with the authorities that vouch for servers; empty: only those that everybody knows. */}}
{{- define "gorder.caConfigMap" -}}
{{- .Values.caBundle.existingConfigMap | default (ternary (include "gorder.name" (dict "root" . "name" "gorder-ca")) "" (ne .Values.caBundle.pem "")) -}}
{{- end }}

{{/* Where it is in every container, sidecars too. */}}
{{- define "gorder.caFolder" -}}/etc/gorder-ca{{- end }}

{{/* What makes Node trust them. */}}
{{- define "gorder.caEnv" -}}
- name: NODE_EXTRA_CA_CERTS
  value: {{ include "gorder.caFolder" . }}/ca.crt
{{- end }}

{{- define "gorder.caMount" -}}
- { name: gorder-ca, mountPath: {{ include "gorder.caFolder" . }}, readOnly: true }
{{- end }}

{{/* Takes configMap. */}}
{{- define "gorder.caVolume" -}}
- name: gorder-ca
  configMap: { name: {{ .configMap }} }
{{- end }}

{{/*
What makes a sidecar trust them. Not SSL_CERT_DIR, which Dapr recommends: for its sake the injector lets the sidecar run
as root and write, which "restricted" refuses. Go reads the system's folders beside this file.
*/}}
{{- define "gorder.sidecarAtServers" -}}
{{- $ca := include "gorder.caConfigMap" . -}}
{{- $mounts := list -}}
{{- if $ca }}{{ $mounts = append $mounts (printf "gorder-ca:%s" (include "gorder.caFolder" .)) }}{{ end -}}
{{- if include "gorder.consulTokenSecret" . }}{{ $mounts = append $mounts "consul-token:/etc/gorder-consul" }}{{ end -}}
{{- with $mounts }}
dapr.io/volume-mounts: {{ join "," . | quote }}
{{- end }}
{{- if $ca }}
dapr.io/env: SSL_CERT_FILE={{ include "gorder.caFolder" . }}/ca.crt
{{- end }}
{{- with .Values.caBundle.pem }}
checksum/ca: {{ sha256sum . }}
{{- end }}
{{- end }}

{{/* The secret with the token for Consul; empty: none is shown. Sidecars read it from a file: only Dapr 1.15 and later take a secret's key for a variable. */}}
{{- define "gorder.consulTokenSecret" -}}
{{- if hasKey (include "gorder.secretKeys" . | fromYaml) "consul" }}{{ include "gorder.secretName" (dict "root" . "kind" "consul") }}{{ end -}}
{{- end }}

{{/* The volumes of a pod with a sidecar that reaching the servers takes. */}}
{{- define "gorder.serverVolumes" -}}
{{- with include "gorder.caConfigMap" . }}
{{ include "gorder.caVolume" (dict "configMap" .) }}
{{- end }}
{{- with include "gorder.consulTokenSecret" . }}
- name: consul-token
  secret:
    secretName: {{ . }}
    # Whatever the key is called: the sidecar's configuration names the file.
    items: [{ key: {{ include "gorder.secretKey" (dict "root" $ "kind" "consul" "key" "token") }}, path: token }]
{{- end }}
{{- end }}

{{/* Where Consul is: the development set's has a name like all of it. */}}
{{- define "gorder.consulAddress" -}}
{{- $named := and (eq .Values.consul.address "consul:8500") (include "gorder.inCluster" (dict "root" . "name" "consul")) -}}
{{- if $named }}{{ include "gorder.name" (dict "root" . "name" "consul") }}:8500{{ else }}{{ .Values.consul.address }}{{ end -}}
{{- end }}

{{/* Where Consul's API is. */}}
{{- define "gorder.consulUrl" -}}
{{ ternary "https" "http" .Values.consul.tls }}://{{ include "gorder.consulAddress" . }}
{{- end }}

{{/* Changes one of Dapr's objects to suit the servers of this installation. Takes root and object. */}}
{{- define "gorder.suitServers" -}}
{{- $values := .root.Values -}}
{{- $spec := .object.spec -}}
{{- if has ($spec.type | default "") (list "state.redis" "lock.redis") -}}
{{- with $values.redis.username }}{{ $_ := set $spec "metadata" (append $spec.metadata (dict "name" "redisUsername" "value" .)) }}{{ end -}}
{{- if $values.redis.tls }}{{ $_ := set $spec "metadata" (append $spec.metadata (dict "name" "enableTLS" "value" "true")) }}{{ end -}}
{{- if $values.redis.cluster }}{{ $_ := set $spec "metadata" (append $spec.metadata (dict "name" "redisType" "value" "cluster")) }}{{ end -}}
{{- with $values.redis.sentinelMaster }}
{{- $_ := set $spec "metadata" (concat $spec.metadata (list (dict "name" "failover" "value" "true") (dict "name" "sentinelMasterName" "value" .))) }}
{{- end -}}
{{- end -}}
{{- if and (eq ($spec.type | default "") "pubsub.rabbitmq") (eq $values.rabbitmq.deadLetters "policy") -}}
{{- range $spec.metadata }}{{ if eq .name "enableDeadLetter" }}{{ $_ := set . "value" "false" }}{{ end }}{{ end -}}
{{- end -}}
{{- if and (eq .object.kind "Subscription") (eq $values.rabbitmq.queueType "quorum") -}}
{{- $_ := set $spec.metadata "queueType" "quorum" }}
{{- end -}}
{{- end }}
