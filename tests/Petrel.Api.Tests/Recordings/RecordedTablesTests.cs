using System.Text.Json.Nodes;
using Petrel.Api.Resources;

namespace Petrel.Api.Tests.Recordings;

/// <summary>Tables have the columns and cells that a real v1.33 shows for the same objects.</summary>
public class RecordedTablesTests
{
    // What they show is made by controllers or by the server's start.
    private static readonly string[] MadeElsewhere = ["rest/rest-table-flowschemas", "rest/rest-table-resourcequotas", "rest/rest-table-servicecidrs"];

    public static TheoryData<string> Scenarios()
    {
        var scenarios = new TheoryData<string>();
        foreach (var name in Recording.Names("rest").Except(MadeElsewhere).Where(static name => name.Contains("rest-table-", StringComparison.Ordinal)))
        {
            if (Recording.Load(name).Steps.Any(IsTable))
            {
                scenarios.Add(name);
            }
        }

        return scenarios;
    }

    [SharedTheory("reference/golden")]
    [MemberData(nameof(Scenarios))]
    public void Rows_are_as_recorded(string scenario)
    {
        var writes = new OfflineWrites();
        var compared = 0;

        foreach (var step in Recording.Load(scenario).Steps)
        {
            writes.Play(step);
            if (IsTable(step))
            {
                compared += Compare(step, writes);
            }
        }

        Assert.NotEqual(0, compared);
    }

    private static bool IsTable(RecordedStep step) => step.Verb == "GET" && (string?)step.Answer?["kind"] == "Table"
        && step.Target is { Subresource: "" } target && target.Type.Info.Columns.Count != 0
        && step.Answer["columnDefinitions"]!.AsArray().Count != 0 && step.Answer["rows"] is JsonArray { Count: > 0 };

    private static int Compare(RecordedStep step, OfflineWrites writes)
    {
        var type = step.Target!.Value.Type;
        var columns = step.Answer!["columnDefinitions"]!.AsArray().Select(static column => new Column(
            (string)column!["name"]!, (string)column["type"]!, (string)column["format"]!, (string)column["description"]!, (int)column["priority"]!));
        Assert.Equal(columns, type.Info.Columns);

        var rows = step.Answer["rows"]!.AsArray();
        foreach (var row in rows)
        {
            var wanted = row!["cells"]!.AsArray();
            var name = (string)wanted[type.Info.Columns.Select(static column => column.Name).ToList().IndexOf("Name")]!;
            var value = writes.Find(type, step.Namespace, name);
            Assert.NotNull(value);
            var cells = ((IPrintable)value).Cells(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
            Assert.Equal(wanted.Select(Text), cells.Select((cell, index) => wanted[index] is null ? null : Text(JsonValue.Create(cell))));
            var completion = (value as IHasCompletion)?.Completion;
            Assert.Equal(((string?)row["conditions"]?[0]?["reason"], (string?)row["conditions"]?[0]?["message"]), (completion?.Reason, completion?.Message));
        }

        return rows.Count;
    }

    // A cell that differs from run to run (an age, an allocated port) is recorded as null.
    private static string? Text(JsonNode? cell) => cell?.ToJsonString();
}
