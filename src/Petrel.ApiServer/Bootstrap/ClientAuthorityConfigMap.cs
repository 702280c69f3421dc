using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>
/// Publishes by which authority the server knows its clients, so that extension API servers can know them too
/// (kubernetes.io, "Configure the Aggregation Layer").
/// </summary>
internal sealed class ClientAuthorityConfigMap(string authorityPem) : IBootstrapStep
{
    private const string Key = "client-ca-file";

    public Task RunAsync(IApi api, CancellationToken cancellationToken)
    {
        var wanted = new ConfigMap
        {
            Metadata = new ObjectMeta { Namespace = "kube-system", Name = "extension-apiserver-authentication" },
            Data = ApiMap.FromPairs((Key, authorityPem)),
        };
        return api.EnsureAsync(wanted, stored => stored.Data.GetValueOrDefault(Key) == authorityPem ? null : stored with { Data = stored.Data.With(Key, authorityPem) }, cancellationToken);
    }
}
