using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Resources;

namespace Petrel.ApiServer.Tokens;

/// <summary>
/// Whether the objects that a token names are still there: the same ones, not others of their names. An object that is
/// being deleted counts until a minute after its deletion time.
/// </summary>
internal sealed class TokenLiveness(IObjects objects)
{
    private const string Invalidated = "service account token has been invalidated";

    /// <summary>Null when they are, or why the token is refused.</summary>
    /// <param name="deadline">Objects deleted before this are gone.</param>
    public async ValueTask<string?> CheckAsync(TokenClaims claims, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var account = await objects.FindAsync<ServiceAccount>(claims.Namespace, claims.ServiceAccount.Name, cancellationToken);
        if (account is null)
        {
            return $"{ServiceAccount.Info.Resource} \"{claims.ServiceAccount.Name}\" not found";
        }

        if (IsGone(account, deadline))
        {
            return $"service account {claims.Namespace}/{claims.ServiceAccount.Name} has been deleted";
        }

        if (account.Metadata.Uid != claims.ServiceAccount.Uid)
        {
            return $"service account UID ({account.Metadata.Uid}) does not match claim ({claims.ServiceAccount.Uid})";
        }

        return await CheckBoundAsync<Secret>(claims.Secret, claims.Namespace, "secret", deadline, cancellationToken)
            ?? await CheckBoundAsync<Pod>(claims.Pod, claims.Namespace, "pod", deadline, cancellationToken)
            ?? (claims.Pod is null ? await CheckBoundAsync<Node>(claims.Node, null, "node", deadline, cancellationToken) : null);
    }

    private async ValueTask<string?> CheckBoundAsync<T>(
        ClaimedObject? claim, string? @namespace, string kind, DateTimeOffset deadline, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, Api.Schema.IApiType<T>
    {
        if (claim is null)
        {
            return null;
        }

        var bound = await objects.FindAsync<T>(@namespace, claim.Name, cancellationToken);
        if (bound is null || IsGone(bound, deadline))
        {
            return Invalidated;
        }

        return bound.Metadata.Uid == claim.Uid ? null
            : $"{kind} UID ({bound.Metadata.Uid}) does not match service account {kind} ref claim ({claim.Uid})";
    }

    private static bool IsGone(ApiObject value, DateTimeOffset deadline) => value.Metadata.DeletionTimestamp < deadline;
}
