using System.CommandLine;
using System.Globalization;
using Petrel.Linux.Processes;
using Petrel.Node.Containerd;
using Petrel.Node.Runtime;
using Petrel.Program.Hosting;
using Petrel.Program.Nodes;
using Petrel.Program.Setup;
using Command = System.CommandLine.Command;

namespace Petrel.Program.Commands;

/// <summary><c>petrel images</c>: puts images from files into the node's containerd, and lists what it has.</summary>
internal static class ImagesCommand
{
    public static Command Create() => new("images", "Import and list the images of this machine's node") { Import(), List() };

    private static Command Import()
    {
        var arguments = new ClusterArguments();
        var files = new Argument<string[]>("FILE") { Description = "Tar files: docker archives or OCI layouts", Arity = ArgumentArity.OneOrMore };
        var command = new Command("import", "Import images from tar files") { files, arguments.Name, arguments.DataDirectory };
        command.SetAction((parsed, cancellationToken) => CommandOutcome.RunAsync("images import", async () =>
        {
            var paths = arguments.PathsOf(parsed);
            using var runtime = Connect(paths);
            var importer = new ImageImporter(NodeContainerd.Options(paths), runtime.Images, new CommandRunner(TimeProvider.System), TimeProvider.System);
            foreach (var file in parsed.GetValue(files)!)
            {
                foreach (var image in await importer.ImportAsync(file, cancellationToken))
                {
                    Console.WriteLine(image);
                }
            }
        }));
        return command;
    }

    private static Command List()
    {
        var arguments = new ClusterArguments();
        var command = new Command("ls", "List images, with their sizes in bytes") { arguments.Name, arguments.DataDirectory };
        command.SetAction((parsed, cancellationToken) => CommandOutcome.RunAsync("images ls", async () =>
        {
            using var runtime = Connect(arguments.PathsOf(parsed));
            var images = await runtime.Images.ListAsync(cancellationToken);
            foreach (var (name, size) in images.SelectMany(static image => image.RepoTags.DefaultIfEmpty(image.Id).Select(tag => (Name: tag, image.Size))).OrderBy(static image => image.Name, StringComparer.Ordinal))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{size}"));
            }
        }));
        return command;
    }

    private static ContainerRuntime Connect(ClusterPaths paths)
    {
        var socket = NodeContainerd.Options(paths).SocketPath;
        return File.Exists(socket)
            ? ContainerRuntime.Connect(socket, TimeProvider.System)
            : throw new SetupException($"the node's containerd does not run (there is no {socket}); start the cluster with: petrel up");
    }
}
