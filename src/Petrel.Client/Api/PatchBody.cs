using System.Text;

namespace Petrel.Client.Api;

/// <summary>The body of a PATCH.</summary>
/// <param name="ContentType">Which kind of patch it is.</param>
/// <param name="Content">UTF-8 JSON.</param>
public readonly record struct PatchBody(string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>RFC 7386.</summary>
    public static PatchBody Merge(string json) => new("application/merge-patch+json", Encoding.UTF8.GetBytes(json));

    /// <summary>Kubernetes strategic merge patch.</summary>
    public static PatchBody Strategic(string json) => new("application/strategic-merge-patch+json", Encoding.UTF8.GetBytes(json));

    /// <summary>RFC 6902.</summary>
    public static PatchBody Json(string json) => new("application/json-patch+json", Encoding.UTF8.GetBytes(json));
}
