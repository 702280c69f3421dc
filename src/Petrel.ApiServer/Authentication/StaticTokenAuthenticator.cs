using System.Security.Cryptography;
using System.Text;
using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>Knows the tokens of a file (flag <c>--token-auth-file</c>): CSV lines <c>token,user,uid[,"group1,group2"]</c>.</summary>
internal sealed class StaticTokenAuthenticator : ITokenAuthenticator
{
    // Tokens are looked up by hash, so that the time an answer takes tells nothing about how much of a guess was right.
    private readonly Dictionary<string, UserInfo> _users = [];

    /// <exception cref="InvalidDataException">A line is not of that form; the message names it.</exception>
    public StaticTokenAuthenticator(IEnumerable<string> lines)
    {
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Trim().Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            var fields = CsvLine.Split(line);
            if (fields.Count < 3 || fields[0].Length == 0 || fields[1].Length == 0)
            {
                throw new InvalidDataException($"token file, line {number}: expected token,user,uid and optionally a quoted list of groups");
            }

            ApiList<string> groups = fields.Count > 3 ? [.. fields[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [];
            _users[Hash(fields[0])] = new UserInfo(fields[1]) { Uid = fields[2], Groups = groups };
        }
    }

    public ValueTask<AuthenticationResult> AuthenticateAsync(string token, ApiList<string> audiences, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_users.TryGetValue(Hash(token), out var user)
            ? AuthenticationResult.Authenticated(user, audiences)
            : AuthenticationResult.NoCredentials);

    private static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
