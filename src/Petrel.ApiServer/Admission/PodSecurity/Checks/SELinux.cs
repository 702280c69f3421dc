using Petrel.Api.Core;
using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>SELinux types are those of containers; users and roles are not set.</summary>
internal static class SELinux
{
    private static readonly string[] Types = ["", "container_t", "container_init_t", "container_kvm_t"];

    public static PodCheck Check { get; } = new("seLinuxOptions", SecurityLevel.Baseline, (0, static pod => OfPod(pod, Types)), (31, static pod => OfPod(pod, [.. Types, "container_engine_t"])));

    private static CheckFailure? OfPod(CheckedPod pod, string[] types)
    {
        bool IsBad(SELinuxOptions? options) => options is not null && (!types.Contains(options.Type) || options.User.Length > 0 || options.Role.Length > 0);
        var bad = pod.Containers.Select(static container => container.Security?.SeLinuxOptions).Prepend(pod.Security?.SeLinuxOptions).Where(IsBad).ToList();
        if (bad.Count == 0)
        {
            return null;
        }

        var data = new List<string>();
        var badTypes = Sorted(bad.Select(static options => options!.Type).Where(type => !types.Contains(type)));
        if (badTypes.Count > 0)
        {
            data.Add($"{Plural("type", badTypes.Count)} {Quoted(badTypes)}");
        }

        if (bad.Any(static options => options!.User.Length > 0))
        {
            data.Add("user may not be set");
        }

        if (bad.Any(static options => options!.Role.Length > 0))
        {
            data.Add("role may not be set");
        }

        var setters = Setters(IsBad(pod.Security?.SeLinuxOptions), pod.Where(container => IsBad(container.Security?.SeLinuxOptions)));
        return new CheckFailure("seLinuxOptions", $"{string.Join(" and ", setters)} set forbidden securityContext.seLinuxOptions: {string.Join("; ", data)}");
    }
}
