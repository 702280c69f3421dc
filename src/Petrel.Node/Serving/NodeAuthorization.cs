using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Authentication;
using Petrel.Api.Authorization;
using Petrel.Api.Json;
using Petrel.Client.Api;

namespace Petrel.Node.Serving;

/// <summary>
/// Whether a user may: the API server is asked about the node's subresource that stands for the path (kubernetes.io,
/// "Kubelet authentication/authorization", with the finer subresources of KEP-2862).
/// </summary>
internal sealed class NodeAuthorization(IApi api, NodeServerOptions options, TimeProvider time)
{
    /// <summary>Stands for every path that has no subresource of its own, and for those that have one.</summary>
    private const string Proxy = "proxy";

    private readonly ExpiringCache<bool> _answers = new(time);

    /// <summary>What must be allowed for a request.</summary>
    public static NodeAccess AccessOf(UserInfo user, HttpRequest request) =>
        new(user.Username, VerbOf(request.Method), [.. SubresourcesOf(request.Path.Value ?? "/")]);

    /// <exception cref="ApiException">The API server refuses to say.</exception>
    /// <exception cref="HttpRequestException">The API server cannot be reached.</exception>
    public async ValueTask<bool> IsAllowedAsync(UserInfo user, NodeAccess access, CancellationToken cancellationToken)
    {
        foreach (var subresource in access.Subresources)
        {
            if (await IsAllowedAsync(user, access.Verb, subresource, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<bool> IsAllowedAsync(UserInfo user, string verb, string subresource, CancellationToken cancellationToken)
    {
        var spec = new SubjectAccessReviewSpec
        {
            User = user.Username,
            Uid = user.Uid,
            Groups = user.Groups,
            Extra = user.Extra,
            ResourceAttributes = new ResourceAttributes { Version = "v1", Resource = "nodes", Subresource = subresource, Name = options.Name, Verb = verb },
        };
        var key = Encoding.UTF8.GetString(JsonEncoding.Encode(spec));
        if (_answers.TryGet(key, out var known))
        {
            return known;
        }

        var review = await api.CreateAsync(new SubjectAccessReview { Spec = spec }, cancellationToken);
        _answers.Set(key, review.Status.Allowed, review.Status.Allowed ? options.AllowedTimeToLive : options.RefusedTimeToLive);
        return review.Status.Allowed;
    }

    private static string VerbOf(string method) => method switch
    {
        "POST" => "create",
        "GET" => "get",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "",
    };

    /// <summary>Any of them suffices.</summary>
    private static IEnumerable<string> SubresourcesOf(string path)
    {
        if (IsBelow(path, "/stats"))
        {
            return ["stats"];
        }

        if (IsBelow(path, "/metrics"))
        {
            return ["metrics"];
        }

        if (IsBelow(path, "/logs"))
        {
            return ["log"];
        }

        return path switch
        {
            "/pods" or "/runningpods" or "/runningpods/" => ["pods", Proxy],
            "/healthz" => ["healthz", Proxy],
            "/configz" => ["configz", Proxy],
            _ => [Proxy],
        };
    }

    private static bool IsBelow(string path, string root) => path == root || path.StartsWith(root + "/", StringComparison.Ordinal);
}
