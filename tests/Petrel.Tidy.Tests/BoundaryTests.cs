using System.Text.RegularExpressions;

namespace Petrel.Tidy.Tests;

/// <summary>docs/architecture.md says which project may refer to which; the projects must agree with it.</summary>
public partial class BoundaryTests
{
    private static readonly Dictionary<string, (int Level, string[] References)> Table = ReadTable();

    public static TheoryData<string> Projects => [.. Repository.Files("src", ".csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_are_those_of_the_table(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Table.TryGetValue(name, out var row), $"docs/architecture.md has no row for {name}");
        if (row.References is ["all it composes"])
        {
            return;
        }

        Assert.Equal(row.References, Repository.ReferencesOf(project).Select(static reference => reference.Replace("Petrel.", "", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_go_down_only(string project)
    {
        var level = Table[Path.GetFileNameWithoutExtension(project)].Level;
        Assert.All(Repository.ReferencesOf(project), reference => Assert.True(Table[reference].Level < level, $"{project} refers to {reference}, which is not below it"));
    }

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        var solution = Repository.Read("Petrel.slnx");
        Assert.All(
            Repository.Files("src", ".csproj").Concat(Repository.Files("tests", ".csproj")).Concat(Repository.Files("bench", ".csproj")),
            project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_row_of_the_table_is_a_project() =>
        Assert.Equal(Repository.Files("src", ".csproj").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal), Table.Keys.Order(StringComparer.Ordinal));

    private static Dictionary<string, (int Level, string[] References)> ReadTable() => Row().Matches(Repository.Read("docs/architecture.md")).ToDictionary(
        static row => row.Groups["name"].Value,
        static row => (
            int.Parse(row.Groups["level"].Value, System.Globalization.CultureInfo.InvariantCulture),
            row.Groups["references"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToArray()));

    [GeneratedRegex(@"^\| (?<level>\d) \| (?<name>\S+) \| [^|]* \| (?<references>[^|]*)\|$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Row();
}
