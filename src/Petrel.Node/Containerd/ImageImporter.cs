using System.Text.RegularExpressions;
using Petrel.Linux.Processes;
using Petrel.Node.Runtime;

namespace Petrel.Node.Containerd;

/// <summary>
/// Puts images from tar files (docker-archive, or an OCI layout) into a node's containerd. The container runtime
/// interface has no call for that, and containerd's own client reads both formats, compressed layers and indexes.
/// </summary>
public sealed partial class ImageImporter(ContainerdOptions options, ImageService images, CommandRunner commands, TimeProvider time)
{
    private static readonly TimeSpan KnownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Imports a file; returns the full names of its images.</summary>
    /// <exception cref="CommandException">It is not an archive of images, or none of them is for this machine.</exception>
    public async Task<IReadOnlyList<string>> ImportAsync(string path, CancellationToken cancellationToken = default)
    {
        await using var archive = File.OpenRead(path);
        return await ImportAsync(archive, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Imports an archive from a stream; returns the full names of its images.</summary>
    /// <exception cref="CommandException">It is not an archive of images, or none of them is for this machine.</exception>
    public async Task<IReadOnlyList<string>> ImportAsync(Stream archive, CancellationToken cancellationToken = default)
    {
        // k8s.io is the containerd namespace in which the container runtime interface looks.
        var command = new Command("ctr", "--address", options.SocketPath, "--namespace", "k8s.io", "images", "import", "-")
        {
            Input = archive,
            Timeout = TimeSpan.FromMinutes(10),
        };
        var result = (await commands.RunAsync(command, cancellationToken).ConfigureAwait(false)).EnsureSuccess();
        string[] names = [.. ImportedImage().Matches(result.Output).Select(line => line.Groups["name"].Value)];
        foreach (var name in names)
        {
            await UntilKnownAsync(name, cancellationToken).ConfigureAwait(false);
        }

        return names;
    }

    /// <summary>The CRI part of containerd learns of an image by an event; until then a pod would try to pull it.</summary>
    private async Task UntilKnownAsync(string name, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (await images.FindAsync(name, cancellationToken).ConfigureAwait(false) is null)
        {
            if (time.GetElapsedTime(started) > KnownTimeout)
            {
                throw new ContainerdException($"containerd imported {name} and does not know it {KnownTimeout.TotalSeconds:F0} seconds later");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken).ConfigureAwait(false);
        }
    }

    // unpacking docker.io/local/x:1 (sha256:...)...done
    [GeneratedRegex(@"^unpacking (?<name>\S+) \(sha256:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ImportedImage();
}
