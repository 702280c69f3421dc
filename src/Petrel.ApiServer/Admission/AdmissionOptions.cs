namespace Petrel.ApiServer.Admission;

/// <summary>Which admission plugins run; named after kube-apiserver's flags.</summary>
public sealed record AdmissionOptions
{
    /// <summary>Plugins that run besides those on by default (--enable-admission-plugins). The order does not matter.</summary>
    public IReadOnlyList<string> EnablePlugins { get; init; } = [];

    /// <summary>Plugins on by default that do not run (--disable-admission-plugins).</summary>
    public IReadOnlyList<string> DisablePlugins { get; init; } = [];

    /// <summary>File with the settings of plugins (--admission-control-config-file); empty for none.</summary>
    public string ConfigurationFile { get; init; } = "";
}
