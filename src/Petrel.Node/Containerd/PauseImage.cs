using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Petrel.Node.Runtime;

namespace Petrel.Node.Containerd;

/// <summary>The image whose one process holds a pod's namespaces open. Made here, so that a node needs no registry to run its first pod.</summary>
public static class PauseImage
{
    /// <summary>Changes with the program, so that nodes take up a new one.</summary>
    public const string Name = "localhost/petrel/pause:1";

    /// <summary>Imports the image unless the runtime has it.</summary>
    public static async Task EnsureAsync(ImageService images, ImageImporter importer, CancellationToken cancellationToken)
    {
        if (await images.FindAsync(Name, cancellationToken).ConfigureAwait(false) is null)
        {
            using var archive = new MemoryStream(Build(RuntimeInformation.OSArchitecture));
            await importer.ImportAsync(archive, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The image as a docker-archive.</summary>
    public static byte[] Build(Architecture architecture)
    {
        var layer = ImageArchive.Layer([new("pause", PauseProgram.Build(architecture))]);
        // The user is upstream's for this purpose: nobody's.
        var configuration = new JsonObject { ["Entrypoint"] = new JsonArray("/pause"), ["User"] = "65535:65535" };
        return ImageArchive.Image(Name, architecture == Architecture.X64 ? "amd64" : "arm64", layer, configuration);
    }
}
