using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Registration;
using Petrel.ApiServer.Aggregation;

namespace Petrel.ApiServer.OpenApi.Remote;

/// <summary>
/// What extension API servers say of their APIs in OpenAPI: their v2 documents to merge, and which documents of v3 they have. What is known
/// stays while a server cannot be asked.
/// </summary>
internal sealed class RemoteOpenApi(ExtensionDocuments documents)
{
    // By the name of the APIService: as many as there are of these.
    private readonly ConcurrentDictionary<string, Known> _known = new();

    /// <summary>Changes with everything that is known.</summary>
    public string Hash => _known.IsEmpty ? "" : HashOf(string.Concat(Ordered().SelectMany(static each => each.V3.Values.Prepend(each.V2Hash).Prepend(each.Name))));

    /// <summary>The v2 documents, the preferred groups first, each with what is below its group only.</summary>
    public IEnumerable<SwaggerDocument> Swaggers() => Ordered().Select(static each => each.V2);

    /// <summary>Names of the v3 documents with their hashes.</summary>
    public IEnumerable<KeyValuePair<string, string>> V3() => Ordered().SelectMany(static each => each.V3).DistinctBy(static each => each.Key);

    /// <summary>Whose document of v3 it is; null when no extension server has it.</summary>
    /// <param name="converted">The document itself where the server has none of v3, and it is made from its v2.</param>
    public APIService? FindV3(string name, out JsonMap? converted)
    {
        var owner = Ordered().FirstOrDefault(each => each.V3.ContainsKey(name));
        converted = owner is { HasV3: false } ? SwaggerConversion.ToV3(owner.V2.Below("/" + name + "/"), "Kubernetes", "unversioned") : null;
        return owner?.Registration;
    }

    public void Forget(string name) => _known.TryRemove(name, out _);

    /// <summary>Asks the server of a registration anew.</summary>
    public async Task RefreshAsync(APIService registration, CancellationToken cancellationToken)
    {
        var known = _known.GetValueOrDefault(registration.Metadata.Name) ?? new Known(registration);
        known = known with { Registration = registration };
        var v2 = await documents.GetAsync(registration, "/openapi/v2", "application/json", known.V2Tag, cancellationToken);
        if (v2.Document is not null)
        {
            var below = SwaggerDocument.Of(v2.Document).Below($"/apis/{registration.Spec.Group}/");
            known = known with { V2 = below, V2Tag = v2.Tag, V2Hash = HashOf(below.In(JsonMap.Empty).ToString()) };
        }

        var v3 = await documents.GetAsync(registration, "/openapi/v3", "application/json", "", cancellationToken);
        if (v3.Document is not null)
        {
            known = known with { HasV3 = true, V3 = PathsOf(registration, v3.Document) };
        }
        else if (v3.Code == 404 && known.V2.Paths.Count > 0)
        {
            known = known with { HasV3 = false, V3 = new Dictionary<string, string> { [NameOf(registration)] = known.V2Hash } };
        }

        _known[registration.Metadata.Name] = known;
    }

    private static string NameOf(APIService registration) => AvailabilityCheck.PathOf(registration).TrimStart('/');

    /// <summary>The documents that are the registration's to have, with the hashes by which the server names them.</summary>
    private static Dictionary<string, string> PathsOf(APIService registration, JsonMap index)
    {
        var name = NameOf(registration);
        const string Hash = "?hash=";
        var url = index.FindMap("paths")?.FindMap(name)?.FindText("serverRelativeURL");
        var at = url?.IndexOf(Hash, StringComparison.Ordinal) ?? -1;
        return url is null ? [] : new Dictionary<string, string> { [name] = at < 0 ? "" : Uri.EscapeDataString(Uri.UnescapeDataString(url[(at + Hash.Length)..])) };
    }

    private IEnumerable<Known> Ordered() => _known.Values
        .OrderByDescending(static each => each.Registration.Spec.GroupPriorityMinimum)
        .ThenBy(static each => each.Registration.Spec.Group, StringComparer.Ordinal)
        .ThenByDescending(static each => each.Registration.Spec.VersionPriority)
        .ThenBy(static each => each.Name, StringComparer.Ordinal);

    private static string HashOf(string text) => Convert.ToHexString(SHA512.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Known(APIService Registration)
    {
        public string Name => Registration.Metadata.Name;

        public SwaggerDocument V2 { get; init; } = SwaggerDocument.Empty;

        public string V2Tag { get; init; } = "";

        public string V2Hash { get; init; } = "";

        public bool HasV3 { get; init; }

        /// <summary>Hashes by the names of documents.</summary>
        public IReadOnlyDictionary<string, string> V3 { get; init; } = new Dictionary<string, string>();
    }
}
