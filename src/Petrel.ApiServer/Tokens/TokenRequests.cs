using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Tokens;

/// <summary>Issues tokens: the subresource <c>token</c> of service accounts.</summary>
internal sealed class TokenRequests(SigningKey key, TokenOptions options, IObjects objects, TimeProvider time)
{
    private const long DefaultSeconds = 60 * 60;
    private const long MinimumSeconds = 10 * 60;
    private const long MaximumSeconds = 1L << 32;

    // What volumes with tokens ask for when their pod says nothing: one hour and a mark to recognize them by.
    private const long ExtendedWhenSeconds = DefaultSeconds + 7;
    private const long ExtendedSeconds = 365L * 24 * 60 * 60;

    /// <summary>
    /// The first half: completes and checks the request. Admission comes next, then <see cref="IssueAsync"/>.
    /// </summary>
    /// <exception cref="StatusException">404: there is no such account. 422: the request breaks a rule.</exception>
    public async ValueTask<TokenRequest> PrepareAsync(string @namespace, string name, TokenRequest request, CancellationToken cancellationToken)
    {
        var mismatch = new FieldErrors();
        if (request.Metadata.Name.Length > 0 && request.Metadata.Name != name)
        {
            mismatch.Invalid(FieldPath.Root.Child("metadata", "name"), request.Metadata.Name, "must match the service account name if specified");
        }

        ThrowIfAny(mismatch, name);
        await AccountAsync(@namespace, name, cancellationToken);
        var seconds = request.Spec.ExpirationSeconds ?? DefaultSeconds;
        var errors = new FieldErrors();
        if (seconds < MinimumSeconds)
        {
            errors.Invalid(FieldPath.Root.Child("spec", "expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
        }
        else if (seconds > MaximumSeconds)
        {
            errors.Invalid(FieldPath.Root.Child("spec", "expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds");
        }

        ThrowIfAny(errors, "");
        return request with
        {
            Metadata = request.Metadata with { Name = name, Namespace = @namespace, CreationTimestamp = Now() },
            Spec = request.Spec with { ExpirationSeconds = seconds },
            Status = TokenRequestStatus.Empty,
        };
    }

    /// <summary>The second half: signs the token and returns the request with it.</summary>
    /// <exception cref="StatusException">400, 404, 409: the token cannot be bound to what the request names.</exception>
    public async ValueTask<TokenRequest> IssueAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        // Admission is to see whether the client named an audience.
        request = request with { Spec = request.Spec with { Audiences = request.Spec.Audiences.IsEmpty ? options.EffectiveAudiences : request.Spec.Audiences } };
        var (@namespace, name) = (request.Metadata.Namespace, request.Metadata.Name);
        var account = await AccountAsync(@namespace, name, cancellationToken);
        var bound = await new BoundObjects(objects).FindAsync(@namespace, name, request.Spec.BoundObjectRef, cancellationToken);
        var now = Now();
        var seconds = request.Spec.ExpirationSeconds ?? DefaultSeconds;
        if (options.MaximumLifetime is { } maximum)
        {
            seconds = Math.Min(seconds, (long)maximum.TotalSeconds);
        }

        var extend = options.ExtendLifetime && bound.Pod is not null && seconds == ExtendedWhenSeconds && request.Spec.Audiences.All(options.EffectiveAudiences.Contains);
        var claims = new TokenClaims
        {
            Issuer = options.Issuer,
            Subject = SystemIdentities.ServiceAccountUser(@namespace, name),
            Audiences = request.Spec.Audiences,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddSeconds(extend ? ExtendedSeconds : seconds),
            WarnAfter = extend ? now.AddSeconds(seconds) : null,
            Id = Guid.NewGuid().ToString(),
            Namespace = @namespace,
            ServiceAccount = new ClaimedObject(name, account.Metadata.Uid),
            Pod = bound.Pod,
            Node = bound.Node,
            Secret = bound.Secret,
        };
        return request with
        {
            Spec = request.Spec with { ExpirationSeconds = seconds },
            Status = new TokenRequestStatus
            {
                Token = JsonWebToken.Sign(TokenClaimsJson.Write(claims).Span, key),
                ExpirationTimestamp = now.AddSeconds(seconds),
            },
        };
    }

    private async ValueTask<ServiceAccount> AccountAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        await objects.FindAsync<ServiceAccount>(@namespace, name, cancellationToken)
            ?? throw new StatusException(Statuses.NotFound(new GroupResource("", "serviceaccounts"), name));

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    private static void ThrowIfAny(FieldErrors errors, string name)
    {
        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("authentication.k8s.io", "TokenRequest", name, errors));
        }
    }
}
