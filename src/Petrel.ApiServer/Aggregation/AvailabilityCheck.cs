using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Core;
using Petrel.Api.Registration;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Aggregation;

/// <summary>Finds out whether an extension API server can be reached and answers.</summary>
internal sealed class AvailabilityCheck(Func<ResourceRegistry> registry, ExtensionAddresses addresses, ExtensionClients clients)
{
    /// <summary>Requests made at once: a service leads to any of its servers, and one that answers is enough.</summary>
    private const int Attempts = 5;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Whom the server asks as when nobody else does.</summary>
    public static UserInfo Identity { get; } = new("system:kube-aggregator") { Groups = [SystemIdentities.Masters] };

    /// <summary>What the condition should say, but for the time.</summary>
    public async Task<APIServiceCondition> RunAsync(APIService registration, CancellationToken cancellationToken)
    {
        var reference = registration.Spec.Service!;
        var where = $"service/{reference.Name} in \"{reference.Namespace}\"";

        // 1. The service.
        var found = await registry().Of<Service>().Store.FindAsync(reference.Namespace, reference.Name, cancellationToken);
        if (found is null)
        {
            return Unavailable("ServiceNotFound", $"{where} is not present");
        }

        // 2. Somebody behind it. What other types lead to is not known here.
        var service = (Service)found.Value.Decode();
        if (service.Spec.Type == "ClusterIP")
        {
            if (service.Spec.Ports.FirstOrDefault(port => port.Port == reference.EffectivePort) is not { } port)
            {
                return Unavailable("ServicePortError", $"{where} is not listening on port {reference.EffectivePort}");
            }

            var slices = await ExtensionAddresses.SlicesAsync(registry(), reference.Namespace, reference.Name, cancellationToken);
            if (slices.Count == 0)
            {
                return Unavailable("EndpointsNotFound", $"cannot find endpointslices for {where}");
            }

            if (!ExtensionAddresses.Ready(slices, port.Name).Any())
            {
                return Unavailable("MissingEndpoints", $"endpointslices for {where} have no addresses with port name \"{port.Name}\"");
            }
        }

        // 3. An answer from it.
        return await AskAsync(registration, cancellationToken) is { } failure
            ? Unavailable("FailedDiscoveryCheck", failure)
            : new APIServiceCondition { Type = APIServiceCondition.Available, Status = "True", Reason = "Passed", Message = "all checks passed" };
    }

    private static APIServiceCondition Unavailable(string reason, string message) =>
        new() { Type = APIServiceCondition.Available, Status = "False", Reason = reason, Message = message };

    // Null when one attempt succeeds, else what the last one failed with.
    private async Task<string?> AskAsync(APIService registration, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string? failure = null;
        await foreach (var attempt in Task.WhenEach(Enumerable.Range(0, Attempts).Select(_ => AskOnceAsync(registration, enough.Token))).WithCancellation(cancellationToken))
        {
            failure = await attempt;
            if (failure is null)
            {
                await enough.CancelAsync();
                return null;
            }
        }

        return failure;
    }

    private async Task<string?> AskOnceAsync(APIService registration, CancellationToken cancellationToken)
    {
        Uri url;
        try
        {
            var root = await addresses.ResolveAsync(registration.Spec.Service!, cancellationToken);
            url = new Uri(root, PathOf(registration));
        }
        catch (StatusException nowhere)
        {
            return nowhere.Status.Message;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            using var request = RequestAs(Identity, url);
            using var answer = await clients.For(registration).SendAsync(request, timeout.Token);
            return answer.IsSuccessStatusCode ? null : $"failing or missing response from {url}: bad status from {url}: {(int)answer.StatusCode}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"failing or missing response from {url}: Get \"{url}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
        }
        catch (OperationCanceledException)
        {
            return $"failing or missing response from {url}: Get \"{url}\": context canceled";
        }
        catch (Exception failed) when (failed is HttpRequestException or CryptographicException)
        {
            return $"failing or missing response from {url}: Get \"{url}\": {BackendErrors.Describe(failed, url)}";
        }
    }

    /// <summary>The path below which a group version is served.</summary>
    public static string PathOf(APIService registration) =>
        registration.Spec.Group.Length == 0 ? $"/api/{registration.Spec.Version}" : $"/apis/{registration.Spec.Group}/{registration.Spec.Version}";

    /// <summary>A GET under an identity of this server's choice.</summary>
    public static HttpRequestMessage RequestAs(UserInfo user, Uri url)
    {
        var headers = new HeaderDictionary();
        IdentityHeaders.Set(headers, user);
        var message = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, values) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        return message;
    }
}
