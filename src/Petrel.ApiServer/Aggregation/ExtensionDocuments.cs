using System.Net;
using System.Security.Cryptography;
using Petrel.Api.Json;
using Petrel.Api.Registration;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Aggregation;

/// <summary>Reads documents that extension API servers write of themselves, as the server that nobody asked to.</summary>
internal sealed class ExtensionDocuments(ExtensionAddresses addresses, ExtensionClients clients)
{
    /// <summary>A document of an extension server longer than this is not read.</summary>
    public const int DocumentBytesMax = 16 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>A document, or what became of it: 304 when it is the one that is known, another code, 0 when there was no answer.</summary>
    /// <param name="knownTag">The ETag of the document that is known; empty for none.</param>
    public async Task<ExtensionDocument> GetAsync(APIService registration, string path, string accept, string knownTag, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            var root = await addresses.ResolveAsync(registration.Spec.Service!, timeout.Token);
            using var request = AvailabilityCheck.RequestAs(AvailabilityCheck.Identity, new Uri(root, path));
            request.Headers.TryAddWithoutValidation("Accept", accept);
            if (knownTag.Length > 0)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", knownTag);
            }

            using var answer = await clients.For(registration).SendAsync(request, timeout.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                return new ExtensionDocument((int)answer.StatusCode, null, "");
            }

            await answer.Content.LoadIntoBufferAsync(DocumentBytesMax, timeout.Token);
            var bytes = await answer.Content.ReadAsByteArrayAsync(timeout.Token);
            var tag = answer.Headers.ETag?.ToString() ?? "";
            return JsonTree.TryParse(bytes, out var tree, out _) && tree is JsonMap document
                ? new ExtensionDocument(200, document, tag)
                : ExtensionDocument.None;
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or StatusException or CryptographicException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ExtensionDocument.None;
        }
    }
}

/// <summary>An answer to a request for a document.</summary>
/// <param name="Code">HTTP status; 0 when there was no answer that can be read.</param>
/// <param name="Document">The document of a 200.</param>
/// <param name="Tag">Its ETag; empty for none.</param>
internal readonly record struct ExtensionDocument(int Code, JsonMap? Document, string Tag)
{
    public static ExtensionDocument None => new(0, null, "");
}
