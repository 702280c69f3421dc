using Petrel.Api.Json;
using Xunit.Abstractions;

namespace Petrel.Api.Tests.FieldManagement;

public sealed class CreatedFieldsTests(ITestOutputHelper output)
{
    // What a creator owns is compared with all recorded creations of the kinds that are served here.
    [SharedFact("reference/golden")]
    public void A_creator_owns_what_the_recorded_creator_owns()
    {
        var compared = 0;
        var differences = new List<string>();
        foreach (var file in Directory.GetFiles(SharedData.Path("reference/golden"), "*.json", SearchOption.AllDirectories))
        {
            foreach (var step in Recording.Steps(file).Where(static step => step.FindText("do") == "POST" && step.ContainsKey("path")))
            {
                if (Recorded(step) is not { } recorded || Recording.Resolve(step.FindText("path")!) is not { Name: "" } resource || step.FindMap("body") is not { } body)
                {
                    continue;
                }

                var entries = Recording.Tracker(resource.Type).Create(Recording.Normalize(resource.Type, body), "golden", Recording.Now);
                var (expected, actual) = (recorded, Recording.Describe(entries));
                compared++;
                if (expected != actual)
                {
                    differences.Add($"{Path.GetFileName(file)}\n  want {expected}\n  have {actual}");
                }
            }
        }

        foreach (var difference in differences)
        {
            output.WriteLine(difference);
        }

        Assert.True(compared > 100);
        Assert.Empty(differences);
    }

    // The managers of an answer to a plain creation that nobody else has touched.
    private static string? Recorded(JsonMap step)
    {
        if (step.FindMap("want") is not { } want || want.Find("status")?.ToString() != "201" || want.FindMap("body") is not { } body
            || step.FindMap("query")?.ContainsKey("fieldManager") == true || step.FindMap("headers")?.FindText("User-Agent") != "golden")
        {
            return null;
        }

        // Left out: identifiers hidden by the recorder, and answers computed on the fly.
        var description = Recording.Describe(body);
        return description.Contains('\n', StringComparison.Ordinal) || description.Contains("{uuid}", StringComparison.Ordinal) || body.FindText("kind") is "SelfSubjectRulesReview" or "Status" ? null : description;
    }
}
