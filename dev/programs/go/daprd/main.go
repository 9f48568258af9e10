// The Dapr sidecar. The build tag "stablecomponents" brings every stable component; the two that
// Gorder needs beyond those are alpha in Dapr's eyes and are added here.
package main

import (
	redislock "github.com/dapr/components-contrib/lock/redis"
	consulresolver "github.com/dapr/components-contrib/nameresolution/consul"
	"github.com/dapr/dapr/cmd/daprd/app"
	"github.com/dapr/dapr/pkg/components/lock"
	"github.com/dapr/dapr/pkg/components/nameresolution"
)

func init() {
	lock.DefaultRegistry.RegisterComponent(redislock.NewStandaloneRedisLock, "redis")
	nameresolution.DefaultRegistry.RegisterComponent(consulresolver.NewResolver, "consul")
}

func main() { app.Run() }
