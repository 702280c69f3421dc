using System.Globalization;
using Petrel.Api;

namespace Petrel.ApiServer.Webhooks;

/// <summary>Where a webhook is and whom to believe there.</summary>
/// <param name="Url">Scheme, host, port where one is given, and path: as errors show it.</param>
/// <param name="CaBundle">PEM certificates of the authorities that may have signed the webhook's certificate; those of the system when empty.</param>
internal sealed record WebhookAddress(string Url, Binary CaBundle)
{
    /// <summary>The service that the host stands for; null when the host is a name or address of its own.</summary>
    public ServiceTarget? Service { get; private init; }

    /// <summary>The name that the server's certificate must hold for, and that it is called by; null for the host of <see cref="Url"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whoever answers is believed.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <param name="url">A valid https URL without query and fragment.</param>
    public static WebhookAddress At(string url, Binary caBundle)
    {
        var pathStart = url.IndexOf('/', "https://".Length);
        return pathStart < 0 ? new(url + "/", caBundle) : new(url[..pathStart] + Clean(url[pathStart..]), caBundle);
    }

    /// <summary>A webhook behind a service; its certificate must be for NAME.NAMESPACE.svc.</summary>
    public static WebhookAddress Behind(ServiceTarget service, string? path, Binary caBundle) =>
        new(string.Create(CultureInfo.InvariantCulture, $"https://{service.Host}:{service.Port}{Clean(path ?? "")}"), caBundle) { Service = service };

    // As upstream's client joins paths: no empty segments, no dots.
    private static string Clean(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..")
            {
                segments.RemoveRange(Math.Max(0, segments.Count - 1), Math.Min(1, segments.Count));
            }
            else if (segment is not ("" or "."))
            {
                segments.Add(segment);
            }
        }

        return "/" + string.Join('/', segments);
    }
}
