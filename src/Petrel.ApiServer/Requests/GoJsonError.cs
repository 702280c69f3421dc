using System.Text.Json;
using Petrel.Api.Json;

namespace Petrel.ApiServer.Requests;

/// <summary>Says what is wrong with broken JSON in the words clients of Kubernetes know.</summary>
internal static class GoJsonError
{
    /// <param name="bad">What the decoder stumbled over; its own words only where the grammar is kept (nesting, bad UTF-8).</param>
    /// <param name="json">The text.</param>
    public static string Describe(JsonException bad, ReadOnlySpan<byte> json) =>
        JsonSyntax.FindError(json, JsonDecoder.DepthMax) ?? bad.Message;
}
