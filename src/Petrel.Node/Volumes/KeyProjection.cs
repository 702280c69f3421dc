using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Volumes;

/// <summary>Which entries of a ConfigMap or Secret become which files (API field items: all of them when it is empty).</summary>
public static class KeyProjection
{
    /// <param name="missing">What is said before the name of a key that is not there, in kubelet's words.</param>
    /// <param name="problem">Why there are no files.</param>
    /// <returns>Null with a problem.</returns>
    public static IReadOnlyList<VolumeFile>? Project(
        ApiMap<Binary> entries, ApiList<KeyToPath> items, int defaultMode, bool optional, string missing, out string problem)
    {
        problem = "";
        if (items.IsEmpty)
        {
            return [.. entries.Select(entry => new VolumeFile(entry.Key, entry.Value, (UnixFileMode)defaultMode))];
        }

        var files = new List<VolumeFile>();
        foreach (var item in items)
        {
            if (entries.TryGetValue(item.Key, out var content))
            {
                files.Add(new VolumeFile(item.Path, content, (UnixFileMode)(item.Mode ?? defaultMode)));
            }
            else if (!optional)
            {
                problem = missing + item.Key;
                return null;
            }
        }

        return files;
    }
}
