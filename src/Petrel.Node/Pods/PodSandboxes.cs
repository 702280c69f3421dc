using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Node.Agent;
using Petrel.Node.Runtime;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Pods;

/// <summary>Makes and ends the sandboxes of pods.</summary>
internal sealed class PodSandboxes(NodeOptions options, ContainerRuntime runtime, PodEvents events)
{
    /// <summary>The sandbox that runs, or a new one in the place of one that does not.</summary>
    /// <exception cref="GrpcException">The runtime or its network cannot make one.</exception>
    public async Task<PodPlace> EnsureAsync(Pod pod, RuntimePod seen, CancellationToken cancellationToken)
    {
        if (seen.ReadySandbox is { } ready)
        {
            return new PodPlace(ready.Id, await ConfigureAsync(pod, ready.Metadata.Attempt, cancellationToken));
        }

        if (seen.Sandboxes.Count > 0)
        {
            events.Normal(pod, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
            await StopAllAsync(seen, cancellationToken);
        }

        Refuse(pod.Spec);
        var configuration = await ConfigureAsync(pod, seen.Sandboxes.Count == 0 ? 0 : seen.Sandboxes[0].Metadata.Attempt + 1, cancellationToken);
        Directory.CreateDirectory(configuration.LogDirectory);
        return new PodPlace(await runtime.Sandboxes.RunAsync(configuration, "", cancellationToken), configuration);
    }

    /// <summary>Ends all sandboxes and gives their addresses and ports back.</summary>
    public async Task StopAllAsync(RuntimePod seen, CancellationToken cancellationToken)
    {
        foreach (var sandbox in seen.Sandboxes)
        {
            await runtime.Sandboxes.StopAsync(sandbox.Id, cancellationToken);
        }
    }

    private async Task<Cri.PodSandboxConfig> ConfigureAsync(Pod pod, uint attempt, CancellationToken cancellationToken)
    {
        var resolver = File.Exists(options.ResolverFile) ? await File.ReadAllTextAsync(options.ResolverFile, cancellationToken) : "";
        return SandboxConfiguration.Of(pod, attempt, options, resolver);
    }

    /// <summary>What would otherwise be left out without a word.</summary>
    private static void Refuse(PodSpec spec)
    {
        if (spec.RuntimeClassName is { Length: > 0 } name)
        {
            throw new GrpcException(GrpcStatusCode.Unimplemented, $"runtimeClassName {name} cannot be used: this node has no runtime classes");
        }

        if (spec.HostUsers == false)
        {
            throw new GrpcException(GrpcStatusCode.Unimplemented, "hostUsers: false cannot be granted: this node has no user namespaces for pods");
        }
    }
}
