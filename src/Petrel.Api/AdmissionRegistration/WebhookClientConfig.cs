using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>How a webhook is reached: by exactly one of a URL and a service.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.WebhookClientConfig")]
public sealed partial record WebhookClientConfig
{
    /// <summary>Where the webhook is, e.g. <c>https://hooks.example.com/validate</c>.</summary>
    [Field(3)]
    public string? Url { get; init; }

    /// <summary>The service behind which the webhook is.</summary>
    [Field(1)]
    public ServiceReference? Service { get; init; }

    /// <summary>PEM certificates of the authorities that may have signed the webhook's certificate; those of the system when empty.</summary>
    [Field(2)]
    public Binary CaBundle { get; init; }

    internal WebhookClientConfig WithDefaults() =>
        Service is { Port: null } service ? this with { Service = service with { Port = ServiceReference.DefaultPort } } : this;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Url is null == Service is null)
        {
            errors.Required(path, "exactly one of url or service is required");
        }
        else if (Url is not null)
        {
            WebhookClientRules.ValidateUrl(Url, path.Child("url"), errors);
        }
        else if (Service is not null)
        {
            WebhookClientRules.ValidateService(Service.Name, Service.Namespace, Service.Path, Service.Port ?? ServiceReference.DefaultPort, path.Child("service"), errors);
        }
    }
}
