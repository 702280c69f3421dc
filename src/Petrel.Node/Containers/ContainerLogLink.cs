using Petrel.Api.Core;
using Petrel.Node.Agent;

namespace Petrel.Node.Containers;

/// <summary>The flat directory of links in which log collectors find every container's log: POD_NAMESPACE_CONTAINER-ID.log.</summary>
internal static class ContainerLogLink
{
    // A name must fit a file name whatever the pod is called; the id makes it unique.
    private const int LongestName = 251;

    public static void Make(NodeOptions options, Pod pod, string container, string id, string log)
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

    public static void Remove(NodeOptions options, string @namespace, string pod, string container, string id)
    {
        if (options.LogLinkDirectory.Length > 0)
        {
            File.Delete(PathOf(options, @namespace, pod, container, id));
        }
    }

    private static string PathOf(NodeOptions options, string @namespace, string pod, string container, string id)
    {
        var name = $"{pod}_{@namespace}_{container}";
        var room = LongestName - id.Length - 1;
        return Path.Combine(options.LogLinkDirectory, $"{(name.Length > room ? name[..room] : name)}-{id}.log");
    }
}
