using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions;

/// <summary>How objects are converted between versions.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion")]
public sealed partial record CustomResourceConversion
{
    /// <summary>None changes the apiVersion and nothing else; Webhook asks a webhook.</summary>
    [Field(1, Required = true, Always = true)]
    public string Strategy { get; init; } = "";

    /// <summary>The webhook. Required by the strategy Webhook.</summary>
    [Field(2)]
    public WebhookConversion? Webhook { get; init; }

    internal CustomResourceConversion WithDefaults() => Webhook?.ClientConfig?.Service is { Port: null } service
        ? this with { Webhook = Webhook with { ClientConfig = Webhook.ClientConfig with { Service = service with { Port = ServiceReference.DefaultPort } } } }
        : this;
}

/// <summary>A webhook that converts objects.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion")]
public sealed partial record WebhookConversion
{
    /// <summary>How the webhook is reached. Required.</summary>
    [Field(2)]
    public WebhookClientConfig? ClientConfig { get; init; }

    /// <summary>Versions of ConversionReview that the webhook understands, best first; the first that the API server knows is used.</summary>
    [Field(3, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> ConversionReviewVersions { get; init; }
}

/// <summary>How a webhook is reached: by a URL or through a service.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig")]
public sealed partial record WebhookClientConfig
{
    /// <summary>The service in front of the webhook, where there is no url.</summary>
    [Field(1)]
    public ServiceReference? Service { get; init; }

    /// <summary>PEM certificates to check the webhook's by; the system's when left out.</summary>
    [Field(2)]
    public Binary CaBundle { get; init; }

    /// <summary>https://HOST:PORT/PATH of the webhook, where there is no service.</summary>
    [Field(3)]
    public string? Url { get; init; }
}

/// <summary>A service that a webhook is behind.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference")]
public sealed partial record ServiceReference
{
    internal const int DefaultPort = 443;

    /// <summary>Namespace of the service.</summary>
    [Field(1, Required = true, Always = true)]
    public string Namespace { get; init; } = "";

    /// <summary>Name of the service.</summary>
    [Field(2, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>URL path that requests go to.</summary>
    [Field(3)]
    public string? Path { get; init; }

    /// <summary>Port of the service; 443 by default.</summary>
    [Field(4)]
    public int? Port { get; init; }
}
