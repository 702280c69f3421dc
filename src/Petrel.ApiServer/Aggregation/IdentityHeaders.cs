using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Responses;
using Petrel.Streams.Upgrades;

namespace Petrel.ApiServer.Aggregation;

/// <summary>Who makes a request, in headers that an extension API server believes from this one's certificate (kubernetes.io, "Configure the Aggregation Layer").</summary>
internal static class IdentityHeaders
{
    /// <summary>All of them begin so.</summary>
    public const string Prefix = "X-Remote-";

    public const string User = "X-Remote-User";
    public const string Uid = "X-Remote-Uid";
    public const string Group = "X-Remote-Group";
    public const string ExtraPrefix = "X-Remote-Extra-";

    // What may stand in a header's name (RFC 9110, 5.6.2), but for the percent sign, which escapes the rest.
    private const string TokenCharacters = "!#$&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Writes the user's identity over whatever the client has put there; several values joined for <see cref="RepeatedHeaderStream"/>.</summary>
    /// <exception cref="StatusException">403 for an identity that a header cannot carry without becoming another.</exception>
    public static void Set(IHeaderDictionary headers, UserInfo user)
    {
        foreach (var name in headers.Keys.Where(IsIdentity).ToList())
        {
            headers.Remove(name);
        }

        headers[User] = Joined([user.Name]);
        if (user.Uid.Length > 0)
        {
            headers[Uid] = Joined([user.Uid]);
        }

        if (!user.Groups.IsEmpty)
        {
            headers[Group] = Joined(user.Groups);
        }

        foreach (var (key, values) in user.Extra)
        {
            if (!values.IsEmpty)
            {
                headers[ExtraPrefix + Escape(key)] = Joined(values);
            }
        }
    }

    private static string Joined(ApiList<string> values) => values.Any(static value => value.Any(char.IsControl))
        ? throw new StatusException(Statuses.Failure(403, "Forbidden", "the user's name, groups or extra values contain control characters, which cannot be passed on"))
        : string.Join(RepeatedHeaderStream.Separator, values);

    /// <summary>The key of an extra value as it is written in a header's name.</summary>
    public static string Escape(string key)
    {
        var escaped = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(key))
        {
            _ = TokenCharacters.Contains((char)unit, StringComparison.Ordinal) ? escaped.Append((char)unit) : escaped.Append('%').Append(unit.ToString("X2", null));
        }

        return escaped.ToString();
    }

    private static bool IsIdentity(string name) =>
        name.Equals(User, StringComparison.OrdinalIgnoreCase) || name.Equals(Uid, StringComparison.OrdinalIgnoreCase)
        || name.Equals(Group, StringComparison.OrdinalIgnoreCase) || name.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase);
}
