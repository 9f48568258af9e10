{{/* Dapr's access policy: who is not named is refused, and who is may do what is listed. */}}
{{- define "gorder.accessControl" -}}
defaultAction: deny
trustDomain: {{ .Values.dapr.trustDomain }}
policies:
{{- range $caller, $callees := (include "gorder.topology" . | fromYaml).calls }}
  - appId: {{ $caller }}
    defaultAction: deny
    trustDomain: {{ $.Values.dapr.trustDomain }}
    namespace: {{ $.Release.Namespace }}
    operations:
    {{- range $callees }}
    {{- range . }}
      - { name: {{ . }}, httpVerb: [POST], action: allow }
    {{- end }}
    {{- end }}
{{- end }}
{{- end }}

{{/* Where sidecars send spans; empty: nowhere. Dapr wants an OTLP address without its scheme. */}}
{{- define "gorder.sidecarTracing" -}}
{{- $zipkin := include "gorder.zipkinUrl" . -}}
{{- $otlp := .Values.tracing.otlp.endpoint -}}
{{- if or $zipkin $otlp -}}
samplingRate: {{ .Values.tracing.sampleRatio | quote }}
{{- with $zipkin }}
zipkin: { endpointAddress: {{ . | quote }} }
{{- end }}
{{- with $otlp }}
otel:
  protocol: http
  endpointAddress: {{ . | trimPrefix "http://" | trimPrefix "https://" | quote }}
  isSecure: {{ hasPrefix "https://" . }}
{{- end }}
{{- end }}
{{- end }}

{{/*
Dapr's objects: those of components/, with this cluster's addresses, the secrets' names and the access policy.
File -> object.
*/}}
{{- define "gorder.daprObjects" -}}
{{- $objects := dict }}
{{- range $path, $_ := .Files.Glob "files/components/*.yaml" }}
{{- $object := $.Files.Get $path | fromYaml }}
{{- $_ := set $object.metadata "labels" (include "gorder.labels" (dict "root" $ "name" $object.metadata.name) | fromYaml) }}
{{- if ne $object.kind "Component" }}
{{- /* The services know the components by their names, and nobody knows the others. */}}
{{- $_ := set $object.metadata "name" (include "gorder.name" (dict "root" $ "name" $object.metadata.name)) }}
{{- end }}
{{- if eq $object.kind "Configuration" }}
{{- $_ := set $object.spec "accessControl" (include "gorder.accessControl" $ | fromYaml) }}
{{- if eq $.Values.nameResolution "consul" }}
{{- $_ := set $object.spec.nameResolution.configuration.client "address" (include "gorder.consulAddress" $) }}
{{- if $.Values.consul.tls }}{{ $_ := set $object.spec.nameResolution.configuration.client "scheme" "https" }}{{ end }}
{{- if include "gorder.consulTokenSecret" $ }}
{{- $_ := set $object.spec.nameResolution.configuration.client "tokenFile" "/etc/gorder-consul/token" }}
{{- end }}
{{- else }}
{{- $_ := unset $object.spec "nameResolution" }}
{{- end }}
{{- $tracing := include "gorder.sidecarTracing" $ | fromYaml }}
{{- if $tracing }}{{ $_ := set $object.spec "tracing" $tracing }}{{ else }}{{ $_ := unset $object.spec "tracing" }}{{ end }}
{{- end }}
{{- if and $object.scopes (not $.Values.staff.enabled) }}
{{- $_ := set $object "scopes" (without $object.scopes "staff") }}
{{- end }}
{{- if eq $object.kind "Component" }}
{{- range $object.spec.metadata }}
{{- if .secretKeyRef }}
{{- $kind := trimPrefix "gorder-" .secretKeyRef.name }}
{{- $_ := set .secretKeyRef "key" (include "gorder.secretKey" (dict "root" $ "kind" $kind "key" .secretKeyRef.key)) }}
{{- $_ := set .secretKeyRef "name" (include "gorder.secretName" (dict "root" $ "kind" $kind)) }}
{{- end }}
{{- end }}
{{- end }}
{{- $_ := include "gorder.suitServers" (dict "root" $ "object" $object) }}
{{- if not (has $object.metadata.name $.Values.dapr.ownComponents) }}{{ $_ := set $objects (base $path) $object }}{{ end }}
{{- end }}
{{- toYaml $objects }}
{{- end }}

{{/* Changes when something changes that the service's sidecar reads: it reads it once. Takes root and name. */}}
{{- define "gorder.daprChecksum" -}}
{{- $name := .name }}
{{- $read := dict }}
{{- range $file, $object := include "gorder.daprObjects" .root | fromYaml }}
{{- if or (not $object.scopes) (has $name $object.scopes) }}{{ $_ := set $read $file (omit $object "metadata") }}{{ end }}
{{- end }}
{{- toYaml $read | sha256sum }}
{{- end }}

{{/* What the injector is told of one service's sidecar. Takes root and name. */}}
{{- define "gorder.sidecar" -}}
{{- $sidecar := .root.Values.dapr.sidecar -}}
dapr.io/enabled: "true"
dapr.io/app-id: {{ .name }}
# On loopback, and for nobody else: guests have a port of their own.
dapr.io/app-port: "8083"
dapr.io/app-protocol: http
# What comes back all at once, as after an alarm of the broker, waits in the sidecar and not at the guests' door.
dapr.io/app-max-concurrency: "128"
dapr.io/config: {{ include "gorder.name" (dict "root" .root "name" "gorder") }}
dapr.io/app-token-secret: {{ include "gorder.secretName" (dict "root" .root "kind" "appToken") }}
dapr.io/api-token-secret: {{ include "gorder.secretName" (dict "root" .root "kind" "apiToken") }}
# The sidecar's API is for its own service alone.
dapr.io/sidecar-listen-addresses: 127.0.0.1
# Both are told to end at the same time: the sidecar goes on for as long as the service may need it.
dapr.io/block-shutdown-duration: 15s
dapr.io/graceful-shutdown-seconds: "20"
# Pods have no token for the Kubernetes API; the operator reads the components' secrets.
dapr.io/disable-builtin-k8s-secret-store: "true"
dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
dapr.io/log-as-json: "true"
dapr.io/log-level: {{ $sidecar.logLevel }}
dapr.io/enable-metrics: "true"
dapr.io/metrics-port: "9090"
{{- with $sidecar.image }}
dapr.io/sidecar-image: {{ . }}
{{- end }}
{{- with $sidecar.resources }}
dapr.io/sidecar-cpu-request: {{ .requests.cpu | quote }}
dapr.io/sidecar-memory-request: {{ .requests.memory | quote }}
dapr.io/sidecar-cpu-limit: {{ .limits.cpu | quote }}
dapr.io/sidecar-memory-limit: {{ .limits.memory | quote }}
{{- end }}
{{- with include "gorder.sidecarAtServers" .root | trim }}
{{ . }}
{{- end }}
{{- with $sidecar.annotations }}
{{ toYaml . }}
{{- end }}
{{- end }}
