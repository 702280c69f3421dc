using System.Text.Json.Nodes;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>
/// Publishes by which authorities the server knows its clients and proxies, and by which headers proxies speak, so that
/// extension API servers can know them too (kubernetes.io, "Configure the Aggregation Layer").
/// </summary>
public sealed class ClientAuthorityConfigMap : IBootstrapStep
{
    private readonly ApiMap<string> _data;

    /// <param name="requestHeader">As the server was given them.</param>
    /// <exception cref="IOException">A file with authorities cannot be read.</exception>
    public ClientAuthorityConfigMap(PkiFolder pki, RequestHeaderOptions requestHeader)
    {
        var data = new Dictionary<string, string>
        {
            ["client-ca-file"] = pki.Authority.CertificatePem,
            ["requestheader-allowed-names"] = List(requestHeader.AllowedNames),
            ["requestheader-client-ca-file"] = requestHeader.AuthoritiesPemOr(pki.FrontProxy.CertificatePem),
            ["requestheader-extra-headers-prefix"] = List(requestHeader.ExtraHeadersPrefixes),
            ["requestheader-group-headers"] = List(requestHeader.GroupHeaders),
            ["requestheader-username-headers"] = List(requestHeader.UsernameHeaders),
        };
        if (requestHeader.UidHeaders.Count > 0)
        {
            data["requestheader-uid-headers"] = List(requestHeader.UidHeaders);
        }

        _data = data.ToApiMap();
    }

    public Task RunAsync(IApi api, CancellationToken cancellationToken)
    {
        var wanted = new ConfigMap { Metadata = new ObjectMeta { Namespace = "kube-system", Name = "extension-apiserver-authentication" }, Data = _data };
        return api.EnsureAsync(wanted, stored => stored.Data == _data ? null : stored with { Data = _data }, cancellationToken);
    }

    private static string List(IReadOnlyList<string> names) => new JsonArray([.. names.Select(static name => (JsonNode)name)]).ToJsonString();
}
