using Microsoft.AspNetCore.Http;
using Petrel.Api;

namespace Petrel.ApiServer.Authentication.Impersonation;

/// <summary>As whom a request wants to act (kubernetes.io, "User impersonation").</summary>
internal sealed record ImpersonationHeaders
{
    private const string UserHeader = "Impersonate-User";
    private const string GroupHeader = "Impersonate-Group";
    private const string UidHeader = "Impersonate-Uid";
    private const string ExtraPrefix = "Impersonate-Extra-";

    public string User { get; init; } = "";

    public ApiList<string> Groups { get; init; } = [];

    public string Uid { get; init; } = "";

    /// <summary>Keys are lower case and percent-decoded.</summary>
    public ApiMap<ApiList<string>> Extra { get; init; }

    public bool IsEmpty => User.Length == 0 && Groups.IsEmpty && Uid.Length == 0 && Extra.IsEmpty;

    public static ImpersonationHeaders Read(IHeaderDictionary headers)
    {
        var extra = headers.Where(static header => IsExtra(header.Key)).Select(static header =>
            KeyValuePair.Create(Uri.UnescapeDataString(header.Key[ExtraPrefix.Length..].ToLowerInvariant()), Values(header.Value)));
        return new ImpersonationHeaders
        {
            User = headers[UserHeader].FirstOrDefault() ?? "",
            Groups = Values(headers[GroupHeader]),
            Uid = headers[UidHeader].FirstOrDefault() ?? "",
            Extra = ApiMap.FromPairs(extra),
        };
    }

    /// <summary>Takes the headers out of the request, so that nothing behind acts on them a second time.</summary>
    public static void Remove(IHeaderDictionary headers)
    {
        headers.Remove(UserHeader);
        headers.Remove(GroupHeader);
        headers.Remove(UidHeader);
        foreach (var name in headers.Keys.Where(IsExtra).ToList())
        {
            headers.Remove(name);
        }
    }

    private static bool IsExtra(string name) => name.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase);

    private static ApiList<string> Values(Microsoft.Extensions.Primitives.StringValues values) => [.. values.Select(static value => value ?? "")];
}
