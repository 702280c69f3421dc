using Petrel.Api;
using Petrel.Api.AdmissionRegistration;
using Petrel.ApiServer.Authorization.Feeds;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>The webhooks of one kind of configuration that are in force, prepared when they change and not when requests come.</summary>
/// <param name="webhooksOf">The webhooks of a configuration in order.</param>
internal sealed class WebhookIndex<T>(Func<T, IEnumerable<IAdmissionWebhook>> webhooksOf) : IFeedTarget<T> where T : ApiObject
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, IReadOnlyList<RegisteredWebhook>> _configurations = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<RegisteredWebhook> _inForce = [];

    /// <summary>In the order of the configurations' names, and of each configuration.</summary>
    public IReadOnlyList<RegisteredWebhook> InForce => _inForce;

    void IFeedTarget<T>.Reset(IReadOnlyList<T> objects) => Change(() =>
    {
        _configurations.Clear();
        foreach (var configuration in objects)
        {
            Add(configuration);
        }
    });

    void IFeedTarget<T>.Set(T value) => Change(() => Add(value));

    void IFeedTarget<T>.Remove(string @namespace, string name) => Change(() => _configurations.Remove(name));

    private void Add(T configuration) => _configurations[configuration.Metadata.Name] =
        [.. webhooksOf(configuration).Select((webhook, index) => new RegisteredWebhook(configuration.Metadata.Name, index, webhook))];

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _inForce = [.. _configurations.Values.SelectMany(static webhooks => webhooks)];
        }
    }
}
