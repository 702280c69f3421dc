using Petrel.Api.Core;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission.EventRates;

/// <summary>Bounds how many events the server stores: altogether, of a namespace, of a user, or about an object.</summary>
internal sealed class EventRateLimit : IValidatingAdmission
{
    private readonly List<RateLimit> _limits;

    /// <exception cref="FormatException">There is no configuration, or it is not one of this plugin.</exception>
    public EventRateLimit(AdmissionServices services) =>
        _limits = [.. EventRateSettings.Read(services.Configuration.Of(Name)).Select(settings => new RateLimit(settings, services.Time))];

    public string Name => "EventRateLimit";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update) || request.Type.ClrType != typeof(Event) || request.DryRun)
        {
            return default;
        }

        // Every limit counts the event, also when another one refuses it.
        var reached = _limits.Select(limit => limit.Refuse(request)).OfType<string>().ToList();
        if (reached.Count > 0)
        {
            var text = reached.Count == 1 ? reached[0] : "[" + string.Join(", ", reached.Distinct()) + "]";
            throw new StatusException(Statuses.Failure(429, "TooManyRequests", "Too many requests: " + text));
        }

        return default;
    }
}
