using System.Text.RegularExpressions;

namespace Petrel.Tidy.Tests;

/// <summary>What every file must keep to, and no analyzer checks.</summary>
public partial class TidyTests
{
    public static TheoryData<string> Documents => [.. Repository.Files("docs", ".md").Concat(["README.md", "CONTRIBUTING.md"])];

    [Fact]
    public void Namespaces_follow_folders()
    {
        Assert.All(Repository.Sources(), path =>
        {
            if (Namespace().Match(Repository.Read(path)) is not { Success: true } found)
            {
                Assert.True(Path.GetFileName(path) is "Program.cs" or "AssemblyInfo.cs", $"{path} has no file-scoped namespace");
                return;
            }

            var parts = path.Split('/');
            var project = parts[1] == "petrel" ? "Petrel.Program" : parts[1];
            var expected = string.Join('.', [project, .. parts[2..^1]]);
            Assert.True(found.Groups["name"].Value == expected || IsPartOfKind(path, found.Groups["name"].Value, expected), $"{path} is in namespace {found.Groups["name"].Value}, not {expected}");
        });
    }

    [Fact]
    public void Nothing_is_left_for_later() =>
        Assert.All(Repository.Sources().Where(static path => !path.StartsWith("tests/Petrel.Tidy.Tests", StringComparison.Ordinal)), static path =>
            Assert.DoesNotMatch(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException", Repository.Read(path)));

    [Fact]
    public void Tests_wait_for_conditions_not_for_time() =>
        Assert.All(Repository.Files("tests", ".cs").Where(static path => !path.StartsWith("tests/Petrel.Tidy.Tests", StringComparison.Ordinal)), static path =>
            Assert.DoesNotContain("Thread.Sleep", Repository.Read(path), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        Assert.All(Link().Matches(Repository.Read(document)).Select(static link => link.Groups["target"].Value), target =>
        {
            var path = Path.Combine(Repository.Root, folder, target.Split('#')[0]);
            Assert.True(target.StartsWith("http", StringComparison.Ordinal) || target.StartsWith('#') || Path.Exists(path), $"{document} leads to {target}, which does not exist");
        });
    }

    /// <summary>A kind that is too big for one file has a folder of its own within its group's namespace.</summary>
    private static bool IsPartOfKind(string path, string name, string expected) =>
        path.StartsWith("src/Petrel.Api/", StringComparison.Ordinal) && expected[..expected.LastIndexOf('.')] == name;

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
