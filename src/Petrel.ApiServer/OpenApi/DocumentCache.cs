using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Petrel.Api;
using Petrel.Api.ApiExtensions.Objects;
using Petrel.Api.Resources;
using Petrel.ApiServer.OpenApi.Formats;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi;

/// <summary>
/// Documents as they were written once: when the first client asks, not when the server starts. They are kept compressed,
/// which is a tenth of their size and what most clients want.
/// </summary>
internal sealed class DocumentCache
{
    // What all documents are made from besides the resources: the declarations and the code of this build.
    private static readonly string Build = $"{typeof(ApiObject).Module.ModuleVersionId:N}{typeof(DocumentCache).Module.ModuleVersionId:N}";

    // Bounded by the number of documents times the number of their formats.
    private readonly ConcurrentDictionary<(string Name, string ContentType), (string Hash, Lazy<CompressedDocument> Document)> _written = new();

    /// <param name="name">Tells the document from others.</param>
    /// <param name="hash">Its present <see cref="HashOf"/>: what was written under another one is out of date.</param>
    /// <param name="make">Makes it when it is not there yet.</param>
    public CompressedDocument Get(string name, string hash, IDocumentFormat format, Func<Document> make)
    {
        (string Hash, Lazy<CompressedDocument> Document) Made() => (hash, new Lazy<CompressedDocument>(() => CompressedDocument.Of(format.Write(make()).Span)));
        return _written.AddOrUpdate((name, format.ContentType), _ => Made(), (_, known) => known.Hash == hash ? known : Made()).Document.Value;
    }

    /// <summary>
    /// A hash that changes whenever a document of that name does, known without making it: documents follow from the build
    /// and from what is registered.
    /// </summary>
    public static string HashOf(string name, IEnumerable<ResourceType> types)
    {
        var text = new StringBuilder(Build).Append('\n').Append(name);
        foreach (var type in types)
        {
            var resource = type.Info;
            text.Append('\n').Append(resource.Group).Append('/').Append(resource.Version).Append('/').Append(resource.Resource);
            if (type.Empty is CustomObject { Kind: var kind })
            {
                // Every change of a definition raises its generation.
                text.Append('/').Append(kind.Definition.Metadata.Uid).Append('/').Append(kind.Definition.Metadata.Generation);
            }
        }

        return Convert.ToHexString(SHA512.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
