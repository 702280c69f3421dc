using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api.Json;
using Petrel.Api.Patch;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Registry;

/// <summary>Where the next page of a list starts: the revision of the first page and the next key below the list's prefix.</summary>
/// <param name="Revision">-1: the first page's revision is compacted; go on at the latest one (an inconsistent list, asked for by the client).</param>
/// <param name="Start">Key relative to the list's prefix.</param>
internal readonly record struct ContinueToken(long Revision, string Start)
{
    private static readonly SearchValues<char> Base64Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private const string Version = "meta.k8s.io/v1";

    public string Encode() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new JsonObject { ["v"] = Version, ["rv"] = Revision, ["start"] = Start }.ToJsonString()));

    /// <summary>Reads a client's token.</summary>
    /// <exception cref="StatusException">400 when it is none of ours.</exception>
    public static ContinueToken Decode(string text)
    {
        var illegal = text.AsSpan().IndexOfAnyExcept(Base64Alphabet);
        if (illegal >= 0 || text.Length % 4 == 1)
        {
            throw Refuse($"illegal base64 data at input byte {(illegal < 0 ? text.Length : illegal)}");
        }

        // Bits beyond the last whole byte do not count, whatever they are.
        var missing = (4 - (text.Length % 4)) % 4;
        var utf8 = Base64Url.DecodeFromChars(text + new string('A', missing)).AsSpan()[..^missing];
        if (!JsonTree.TryParse(utf8, out var tree, out var error))
        {
            throw Refuse(error);
        }

        if (tree is not JsonMap token)
        {
            throw Refuse(PatchFailure.Mismatch(tree).Replace("map[string]interface {}", "storage.continueToken", StringComparison.Ordinal));
        }

        var version = token.FindText("v") ?? "";
        if (version != Version)
        {
            throw Refuse("server does not recognize this encoded version " + version);
        }

        var revision = token.Find("rv") is JsonNumber { IsInteger: true } number ? number.Integer : 0;
        if (revision == 0)
        {
            throw Refuse($"incorrect encoded start resourceVersion (version {Version})");
        }

        var start = token.FindText("start") ?? "";
        if (start.Length == 0)
        {
            throw Refuse($"encoded start key empty (version {Version})");
        }

        return start.StartsWith('/') || start.Contains("..", StringComparison.Ordinal) ? throw Refuse(start) : new ContinueToken(revision, start);
    }

    private static StatusException Refuse(string why) => new(Statuses.BadRequest("invalid continue token: continue key is not valid: " + why));
}
