{{/* The services of this installation, from the one list: name -> what is said of it there. */}}
{{- define "gorder.services" -}}
{{- $chosen := dict }}
{{- range $name, $service := .Files.Get "files/services.json" | fromJson }}
{{- $given := index $.Values $name | default dict }}
{{- if and (not $service.standin) (or (not $service.optional) $given.enabled) }}{{ $_ := set $chosen $name $service }}{{ end }}
{{- end }}
{{- toYaml $chosen }}
{{- end }}

{{/* Who needs whom in this installation: files/topology.yaml, without those who are left out. */}}
{{- define "gorder.topology" -}}
{{- $topology := .Files.Get "files/topology.yaml" | fromYaml }}
{{- $chosen := include "gorder.services" . | fromYaml }}
{{- range $name, $_ := .Files.Get "files/services.json" | fromJson }}
{{- if not (hasKey $chosen $name) }}
{{- range $group := list $topology.calls $topology.servers }}{{ $_ := unset $group $name }}{{ end }}
{{- end }}
{{- end }}
{{- toYaml $topology }}
{{- end }}

{{/* What the names of this release's objects begin with; empty: they are the plain ones. */}}
{{- define "gorder.prefix" -}}
{{- $named := ternary "" (printf "%s-%s" .Release.Name .Values.nameOverride) (eq .Values.nameOverride "") -}}
{{- .Values.fullnameOverride | default $named | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* The name of an object, of its plain one. Takes root and name. */}}
{{- define "gorder.name" -}}
{{- $prefix := include "gorder.prefix" .root -}}
{{- $own := .name | trimPrefix "gorder" | trimPrefix "-" -}}
{{- if $prefix }}{{ printf "%s-%s" $prefix $own | trimSuffix "-" }}{{ else }}{{ .name }}{{ end -}}
{{- end }}

{{/* What the pods of one kind are found by. Takes root and name. */}}
{{- define "gorder.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* What every pod of this release is found by. */}}
{{- define "gorder.everyPod" -}}
app.kubernetes.io/part-of: gorder
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Labels of a pod: none that changes with the chart alone. Takes root and name. */}}
{{- define "gorder.podLabels" -}}
{{ include "gorder.selector" . }}
app.kubernetes.io/part-of: gorder
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Labels of an object. Takes root and name. */}}
{{- define "gorder.labels" -}}
{{ include "gorder.podLabels" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* The settings of one service: what holds for all, with its own over it. Takes root and name. */}}
{{- define "gorder.settings" -}}
{{ mergeOverwrite (deepCopy .root.Values.defaults) (index .root.Values .name) | toYaml }}
{{- end }}

{{/* The image of a service or the stand-in. Takes root and name. */}}
{{- define "gorder.image" -}}
{{- $own := (index .root.Values .name | default dict).image | default .root.Values.defaults.image -}}
{{- $tag := printf ":%s" (.root.Values.image.tag | default .root.Chart.AppVersion) -}}
{{- with index .root.Values.image.digests .name }}{{ $tag = printf "@%s" . }}{{ end -}}
{{- $own | default (printf "%s%s%s" .root.Values.image.prefix .name $tag) -}}
{{- end }}

{{/* "true" when a server of the development set is in the cluster. Takes root and name. */}}
{{- define "gorder.inCluster" -}}
{{- if and .root.Values.development.enabled (has .name .root.Values.development.servers) }}true{{ end -}}
{{- end }}

{{- define "gorder.publicUrl" -}}
{{- $development := ternary "http://localhost:8080" "" .Values.development.enabled -}}
{{- .Values.publicUrl | default $development | trimSuffix "/" -}}
{{- end }}

{{- define "gorder.zipkinUrl" -}}
{{- $inCluster := include "gorder.inCluster" (dict "root" . "name" "zipkin") -}}
{{- .Values.tracing.zipkinUrl | default (ternary (printf "http://%s:9411/api/v2/spans" (include "gorder.name" (dict "root" . "name" "zipkin"))) "" (eq $inCluster "true")) -}}
{{- end }}

{{- define "gorder.stripeUrl" -}}
{{- $inCluster := include "gorder.inCluster" (dict "root" . "name" "standin") -}}
{{- .Values.stripe.apiUrl | default (ternary (printf "http://%s:8080" (include "gorder.name" (dict "root" . "name" "standin"))) "" (eq $inCluster "true")) -}}
{{- end }}

{{/* The servers that one kind of pod talks to, as {list: [...]}. Takes root and name. */}}
{{- define "gorder.serversOf" -}}
{{- $values := .root.Values -}}
{{- $unused := list -}}
{{- if ne $values.nameResolution "consul" }}{{ $unused = append $unused "consul" }}{{ end -}}
{{- if not (include "gorder.zipkinUrl" .root) }}{{ $unused = append $unused "zipkin" }}{{ end -}}
{{- if not $values.tracing.otlp.endpoint }}{{ $unused = append $unused "otlp" }}{{ end -}}
{{- if not (ternary $values.staffOidc.issuer (or $values.oidc.jwksUrl $values.customerOidc.issuer) (eq .name "staff")) }}{{ $unused = append $unused "oidc" }}{{ end -}}
{{/* Stock asks Stripe for prices, and only Stripe has any. */}}
{{- if and (eq .name "stock") (include "gorder.stripeUrl" .root) }}{{ $unused = append $unused "stripe" }}{{ end -}}
{{- $topology := include "gorder.topology" .root | fromYaml -}}
list:
{{- range index $topology.servers .name }}
{{- if not (has . $unused) }}
  - {{ . }}
{{- end }}
{{- end }}
{{- end }}
