using Petrel.Node.Runtime;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Pods;

/// <summary>What the runtime holds of one pod at one moment.</summary>
internal sealed record RuntimePod
{
    /// <summary>The pod's sandboxes, the newest first.</summary>
    public IReadOnlyList<Cri.PodSandbox> Sandboxes { get; init; } = [];

    /// <summary>State and network of the newest sandbox.</summary>
    public Cri.PodSandboxStatus? Sandbox { get; init; }

    /// <summary>Every instance of every container, the newest first.</summary>
    public IReadOnlyList<RuntimeContainer> Containers { get; init; } = [];

    public bool IsEmpty => Sandboxes.Count == 0 && Containers.Count == 0;

    /// <summary>Ids of all of it, and which of it runs.</summary>
    public IReadOnlyDictionary<string, bool> Parts => Sandboxes
        .Select(static each => (each.Id, IsRunning: each.State == Cri.PodSandboxState.SandboxReady))
        .Concat(Containers.Select(static each => (each.Id, IsRunning: each.Status.State == Cri.ContainerState.ContainerRunning)))
        .DistinctBy(static each => each.Id)
        .ToDictionary(static each => each.Id, static each => each.IsRunning);

    /// <summary>The newest sandbox, when containers can be started in it: it runs, and has an address unless it is in the node's network.</summary>
    public Cri.PodSandboxStatus? ReadySandbox =>
        Sandbox is { State: Cri.PodSandboxState.SandboxReady } && (IsInNodeNetwork || !string.IsNullOrEmpty(Sandbox.Network?.Ip)) ? Sandbox : null;

    private bool IsInNodeNetwork => Sandbox?.Linux?.Namespaces?.Options?.Network == Cri.NamespaceMode.Node;

    /// <summary>Addresses of the newest sandbox, the primary first; none in the node's network.</summary>
    public IEnumerable<string> Addresses => ReadySandbox?.Network is not { Ip.Length: > 0 } network
        ? []
        : network.AdditionalIps.Select(static each => each.Ip).Prepend(network.Ip);

    /// <summary>The instance of a container that was made last.</summary>
    public RuntimeContainer? Newest(string name) => Containers.FirstOrDefault(each => each.Name == name);

    /// <summary>The same among those in one sandbox.</summary>
    public RuntimeContainer? Newest(string name, string sandboxId) => Containers.FirstOrDefault(each => each.Name == name && each.SandboxId == sandboxId);

    /// <summary>The instance before the one made last, if it has ended.</summary>
    public RuntimeContainer? Previous(string name) => Containers.Where(each => each.Name == name).Skip(1).FirstOrDefault(static each => each.HasEnded);

    public static async Task<RuntimePod> ReadAsync(ContainerRuntime runtime, string uid, CancellationToken cancellationToken)
    {
        var sandboxes = await runtime.Sandboxes.ListAsync(new Cri.PodSandboxFilter { LabelSelector = { [RuntimeLabels.PodUid] = uid } }, cancellationToken);
        var listed = await runtime.Containers.ListAsync(new Cri.ContainerFilter { LabelSelector = { [RuntimeLabels.PodUid] = uid } }, cancellationToken);
        Cri.PodSandbox[] ordered = [.. sandboxes.OrderByDescending(static each => each.Metadata.Attempt).ThenByDescending(static each => each.CreatedAt)];
        var containers = new List<RuntimeContainer>(listed.Count);
        foreach (var container in listed)
        {
            // One that is removed meanwhile has no status.
            if (await runtime.Containers.StatusAsync(container.Id, verbose: false, cancellationToken) is { Status: { } status })
            {
                containers.Add(new RuntimeContainer(container.PodSandboxId, status));
            }
        }

        return new RuntimePod
        {
            Sandboxes = ordered,
            Sandbox = ordered.Length == 0 ? null : (await runtime.Sandboxes.StatusAsync(ordered[0].Id, verbose: false, cancellationToken))?.Status,
            Containers = [.. containers.OrderByDescending(static each => each.Attempt).ThenByDescending(static each => each.Status.CreatedAt)],
        };
    }
}
