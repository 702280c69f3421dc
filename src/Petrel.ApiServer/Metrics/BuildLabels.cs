using Petrel.Api.Meta;
using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>The labels of kubernetes_build_info.</summary>
internal readonly record struct BuildLabels(VersionInfo Version) : ILabels<BuildLabels>
{
    public static IReadOnlyList<string> Names { get; } =
        ["build_date", "compiler", "git_commit", "git_tree_state", "git_version", "go_version", "major", "minor", "platform"];

    public IReadOnlyList<string> Values() =>
    [
        Version.BuildDate, Version.Compiler, Version.GitCommit, Version.GitTreeState, Version.GitVersion, Version.GoVersion, Version.Major, Version.Minor, Version.Platform,
    ];
}
