using System.Net.Http.Headers;
using System.Text;

namespace Petrel.Client.Http;

/// <summary>The Authorization header of requests. A token that comes from a file is read again when it is a minute old.</summary>
internal sealed class Credentials(HttpApiOptions options, TimeProvider time)
{
    private static readonly TimeSpan TokenAgeMax = TimeSpan.FromMinutes(1);

    private Token? _token;

    /// <summary>Null when the client is known by its certificate, or not at all.</summary>
    public async ValueTask<AuthenticationHeaderValue?> HeaderAsync(CancellationToken cancellationToken)
    {
        if (options.BearerTokenFile is { } file)
        {
            // Two requests may both read the file; either result will do.
            if (_token is not { } token || time.GetElapsedTime(token.ReadAt) > TokenAgeMax)
            {
                _token = token = new Token((await File.ReadAllTextAsync(file, cancellationToken)).Trim(), time.GetTimestamp());
            }

            return new AuthenticationHeaderValue("Bearer", token.Text);
        }

        if (options.BearerToken is { Length: > 0 } bearer)
        {
            return new AuthenticationHeaderValue("Bearer", bearer);
        }

        return options.Username is { Length: > 0 } user
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(user + ":" + options.Password)))
            : null;
    }

    private sealed record Token(string Text, long ReadAt);
}
