using Petrel.Api.Core;
using Petrel.Node.Agent;

namespace Petrel.Node.Containers;

/// <summary>The flat directory of links in which log collectors find every container's log: POD_NAMESPACE_CONTAINER-ID.log.</summary>
public static class ContainerLogLink
{
    // A name must fit a file name whatever the pod is called; the id makes it unique.
    private const int LongestName = 251;

    internal static void Make(NodeOptions options, Pod pod, string container, string id, string log)
    {
        if (options.LogLinkDirectory.Length == 0)
        {
            return;
        }

        Directory.CreateDirectory(options.LogLinkDirectory);
        var path = PathOf(options, pod.Metadata.Namespace, pod.Metadata.Name, container, id);
        File.Delete(path);
        File.CreateSymbolicLink(path, log);
    }

    internal static void Remove(NodeOptions options, string @namespace, string pod, string container, string id)
    {
        if (options.LogLinkDirectory.Length > 0)
        {
            File.Delete(PathOf(options, @namespace, pod, container, id));
        }
    }

    /// <summary>Removes every link into a folder of logs that is about to go; other programs' links stay.</summary>
    /// <param name="links">The folder of links; empty when there is none.</param>
    /// <param name="logs">The folder that the links lead into.</param>
    public static void RemoveAll(string links, string logs)
    {
        if (!Directory.Exists(links))
        {
            return;
        }

        foreach (var link in new DirectoryInfo(links).EnumerateFiles())
        {
            if (link.LinkTarget?.StartsWith(logs + "/", StringComparison.Ordinal) == true)
            {
                link.Delete();
            }
        }
    }

    private static string PathOf(NodeOptions options, string @namespace, string pod, string container, string id)
    {
        var name = $"{pod}_{@namespace}_{container}";
        var room = LongestName - id.Length - 1;
        return Path.Combine(options.LogLinkDirectory, $"{(name.Length > room ? name[..room] : name)}-{id}.log");
    }
}
