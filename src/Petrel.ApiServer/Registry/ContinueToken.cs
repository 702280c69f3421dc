using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Petrel.ApiServer.Registry;

/// <summary>Where the next page of a list starts: the revision of the first page and the next key below the list's prefix.</summary>
/// <param name="Revision">-1: the first page's revision is compacted; go on at the latest one (an inconsistent list, asked for by the client).</param>
/// <param name="Start">Key relative to the list's prefix.</param>
internal readonly record struct ContinueToken(long Revision, string Start)
{
    private const string Version = "meta.k8s.io/v1";

    public string Encode() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new JsonObject { ["v"] = Version, ["rv"] = Revision, ["start"] = Start }.ToJsonString()));

    /// <summary>Reads a client's token; null when it is none of ours.</summary>
    public static ContinueToken? Decode(string text)
    {
        try
        {
            var json = JsonNode.Parse(Base64Url.DecodeFromChars(text));
            if (json is not JsonObject token || (string?)token["v"] != Version)
            {
                return null;
            }

            var start = (string?)token["start"] ?? "";
            return start.Length == 0 || start.StartsWith('/') || start.Contains("..", StringComparison.Ordinal)
                ? null
                : new ContinueToken((long?)token["rv"] ?? 0, start);
        }
        catch (Exception bad) when (bad is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
