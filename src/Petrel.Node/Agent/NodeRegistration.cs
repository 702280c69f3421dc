using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;

namespace Petrel.Node.Agent;

/// <summary>Makes the Node object, or brings the labels of the one that is there up to date.</summary>
public sealed partial class NodeRegistration(IApi api, NodeOptions options, TimeProvider time, ILogger<NodeRegistration> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(7);

    /// <summary>GOARCH names, which labels and images use.</summary>
    public static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>Tries until the server answers.</summary>
    public async Task<Api.Core.Node> RunAsync(CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            try
            {
                return await RegisterAsync(cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or ApiException)
            {
                Log.Refused(logger, options.Name, e.Message);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    internal ApiMap<string> Labels()
    {
        var labels = ApiMap.FromPairs(
            ("kubernetes.io/hostname", options.Name),
            ("kubernetes.io/os", "linux"),
            ("kubernetes.io/arch", Architecture),
            ("beta.kubernetes.io/os", "linux"),
            ("beta.kubernetes.io/arch", Architecture));
        foreach (var (key, value) in options.Labels)
        {
            labels = labels.With(key, value);
        }

        return labels;
    }

    private async Task<Api.Core.Node> RegisterAsync(CancellationToken cancellationToken)
    {
        var present = await api.FindAsync<Api.Core.Node>(null, options.Name, cancellationToken);
        if (present is null)
        {
            return await api.CreateAsync(
                new Api.Core.Node
                {
                    Metadata = new() { Name = options.Name, Labels = Labels(), Annotations = ApiMap.FromPairs(("volumes.kubernetes.io/controller-managed-attach-detach", "true")) },
                    Spec = new NodeSpec { Taints = options.Taints },
                },
                cancellationToken);
        }

        var labels = present.Metadata.Labels;
        foreach (var (key, value) in Labels())
        {
            labels = labels.With(key, value);
        }

        return labels == present.Metadata.Labels
            ? present
            : await api.UpdateAsync(present with { Metadata = present.Metadata with { Labels = labels } }, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "cannot register node {Name}, will try again: {Message}")]
        public static partial void Refused(ILogger logger, string name, string message);
    }
}
