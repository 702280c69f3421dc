using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>The namespaces that every cluster has.</summary>
public sealed class SystemNamespaces : IBootstrapStep
{
    public static IReadOnlyList<string> Names { get; } = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public Task RunAsync(IApi api, CancellationToken cancellationToken) => Task.WhenAll(Names.Select(name =>
        api.EnsureAsync(new Namespace { Metadata = new ObjectMeta { Name = name } }, cancellationToken)));
}
