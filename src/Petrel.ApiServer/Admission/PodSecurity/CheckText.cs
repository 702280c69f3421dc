namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>The grammar of the controls' messages.</summary>
internal static class CheckText
{
    /// <summary>The noun for one, or for several with an s.</summary>
    public static string Plural(string noun, int count) => count == 1 ? noun : noun + "s";

    public static string Quoted(IEnumerable<string> names) => "\"" + string.Join("\", \"", names) + "\"";

    /// <summary>In order, each once.</summary>
    public static List<string> Sorted(IEnumerable<string> values) => [.. values.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>E.g. <c>containers "a", "b"</c>.</summary>
    public static string Containers(List<string> names) => $"{Plural("container", names.Count)} {Quoted(names)}";

    /// <summary>Who sets something: the pod, containers or both.</summary>
    public static List<string> Setters(bool pod, List<string> containers)
    {
        var setters = new List<string>();
        if (pod)
        {
            setters.Add("pod");
        }

        if (containers.Count > 0)
        {
            setters.Add(Containers(containers));
        }

        return setters;
    }
}
