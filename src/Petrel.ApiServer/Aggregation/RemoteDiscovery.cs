using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Petrel.Api.Registration;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Aggregation;

/// <summary>
/// What extension API servers said that they serve, for the aggregated discovery documents. What is not known any more for
/// certain stays, marked as stale (KEP-3352).
/// </summary>
internal sealed class RemoteDiscovery(ExtensionAddresses addresses, ExtensionClients clients)
{
    private const string Aggregated =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // By the name of the APIService: as many as there are of these.
    private readonly ConcurrentDictionary<string, RemoteResources> _known = new();

    /// <summary>The resources of a group and version; none, and stale, while the server has not been heard.</summary>
    public RemoteResources Of(string group, string version) => _known.GetValueOrDefault(APIService.NameOf(group, version), RemoteResources.Unknown);

    public void Forget(string name) => _known.TryRemove(name, out _);

    /// <summary>Asks the server of a registration anew.</summary>
    /// <param name="isAvailable">Whether it answers at all; it is not asked otherwise.</param>
    public async Task RefreshAsync(APIService registration, bool isAvailable, CancellationToken cancellationToken)
    {
        var resources = isAvailable ? await TryFetchAsync(registration, cancellationToken) : null;
        _known.AddOrUpdate(
            registration.Metadata.Name,
            static (_, heard) => heard ?? RemoteResources.Unknown,
            static (_, known, heard) => heard ?? known with { IsCurrent = false },
            resources);
    }

    private async Task<RemoteResources?> TryFetchAsync(APIService registration, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            var root = await addresses.ResolveAsync(registration.Spec.Service!, timeout.Token);
            var group = registration.Spec.Group;
            return DiscoveryConversion.FromAggregated(await GetAsync(registration, new Uri(root, group.Length == 0 ? "/api" : "/apis"), Aggregated, timeout.Token), group, registration.Spec.Version)
                ?? DiscoveryConversion.FromPlain(await GetAsync(registration, new Uri(root, AvailabilityCheck.PathOf(registration)), "application/json", timeout.Token));
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or StatusException or JsonException or CryptographicException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private async Task<JsonNode?> GetAsync(APIService registration, Uri url, string accept, CancellationToken cancellationToken)
    {
        using var request = AvailabilityCheck.RequestAs(AvailabilityCheck.Identity, url);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await clients.For(registration).SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            return null;
        }

        await answer.Content.LoadIntoBufferAsync(ExtensionDocuments.DocumentBytesMax, cancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
    }
}
