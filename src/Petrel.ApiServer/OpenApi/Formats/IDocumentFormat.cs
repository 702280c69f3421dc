using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Formats;

/// <summary>A way to write an OpenAPI document.</summary>
internal interface IDocumentFormat
{
    /// <summary>Media types by which clients ask for it.</summary>
    IReadOnlyList<string> MediaTypes { get; }

    /// <summary>Content-Type of the answer.</summary>
    string ContentType { get; }

    ReadOnlyMemory<byte> Write(Document document);
}
