using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Petrel.Api.Authentication;
using Petrel.Client.Api;

namespace Petrel.Node.Serving;

/// <summary>Who a request is from: by client certificate, or by a bearer token that the API server vouches for.</summary>
internal sealed partial class NodeAuthentication(IApi api, NodeServerOptions options, TimeProvider time, ILogger logger)
{
    private const string Scheme = "Bearer ";

    private readonly ClientCertificates _certificates = new(options.ClientAuthorities, time);
    private readonly ExpiringCache<UserInfo> _tokens = new(time);

    /// <summary>Null for nobody: anonymous requests are not served.</summary>
    public async ValueTask<UserInfo?> UserOfAsync(HttpContext context)
    {
        if (context.Connection.ClientCertificate is { } certificate && _certificates.UserOf(certificate) is { } user)
        {
            return user;
        }

        var header = context.Request.Headers.Authorization.ToString().Trim();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? await ReviewAsync(header[Scheme.Length..].Trim(), context.RequestAborted) : null;
    }

    private async Task<UserInfo?> ReviewAsync(string token, CancellationToken cancellationToken)
    {
        // Tokens themselves are not kept.
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_tokens.TryGet(key, out var known))
        {
            return known;
        }

        try
        {
            var review = await api.CreateAsync(new TokenReview { Spec = new TokenReviewSpec { Token = token } }, cancellationToken);
            if (!review.Status.Authenticated)
            {
                return null;
            }

            _tokens.Set(key, review.Status.User, options.TokenTimeToLive);
            return review.Status.User;
        }
        catch (Exception failed) when (failed is ApiException or HttpRequestException)
        {
            Log.ReviewFailed(logger, failed);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "a client's token could not be reviewed, so the client was refused")]
        public static partial void ReviewFailed(ILogger logger, Exception exception);
    }
}
