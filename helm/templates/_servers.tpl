{{/* The ConfigMap with the authorities that vouch for servers; empty: only those that everybody knows. */}}
{{- define "gorder.caConfigMap" -}}
{{- .Values.caBundle.existingConfigMap | default (ternary "gorder-ca" "" (ne .Values.caBundle.pem "")) -}}
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

{{/* Takes root and configMap. */}}
{{- define "gorder.caVolume" -}}
- name: gorder-ca
  configMap: { name: {{ .configMap }} }
{{- end }}

{{/*
What makes a sidecar trust them. Not SSL_CERT_DIR, which Dapr recommends: for its sake the injector lets the sidecar run
as root and write, which "restricted" refuses. Go reads the system's folders beside this file.
*/}}
{{- define "gorder.caOfSidecar" -}}
dapr.io/volume-mounts: gorder-ca:{{ include "gorder.caFolder" . }}
dapr.io/env: SSL_CERT_FILE={{ include "gorder.caFolder" . }}/ca.crt
{{- with .Values.caBundle.pem }}
checksum/ca: {{ sha256sum . }}
{{- end }}
{{- end }}

{{/* Where Consul's API is. */}}
{{- define "gorder.consulUrl" -}}
{{ ternary "https" "http" .Values.consul.tls }}://{{ .Values.consul.address }}
{{- end }}

{{/* Changes one of Dapr's objects to suit the servers of this installation. Takes root and object. */}}
{{- define "gorder.suitServers" -}}
{{- $values := .root.Values -}}
{{- $spec := .object.spec -}}
{{- if has $spec.type (list "state.redis" "lock.redis") -}}
{{- with $values.redis.username }}{{ $_ := set $spec "metadata" (append $spec.metadata (dict "name" "redisUsername" "value" .)) }}{{ end -}}
{{- if $values.redis.tls }}{{ $_ := set $spec "metadata" (append $spec.metadata (dict "name" "enableTLS" "value" "true")) }}{{ end -}}
{{- if $values.redis.cluster }}{{ $_ := set $spec "metadata" (append $spec.metadata (dict "name" "redisType" "value" "cluster")) }}{{ end -}}
{{- with $values.redis.sentinelMaster }}
{{- $_ := set $spec "metadata" (concat $spec.metadata (list (dict "name" "failover" "value" "true") (dict "name" "sentinelMasterName" "value" .))) }}
{{- end -}}
{{- end -}}
{{- if and (eq .object.kind "Subscription") (eq $values.rabbitmq.queueType "quorum") -}}
{{- $_ := set $spec.metadata "queueType" "quorum" }}
{{- end -}}
{{- end }}
