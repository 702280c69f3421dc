
namespace Petrel.Api.Tests.Recordings;

/// <summary>The kinds default, prepare and validate what clients wrote exactly as a real v1.33 did.</summary>
public class RecordedWritesTests
{
    // Their outcome is made by admission plugins, by controllers, by a delete before or by the endpoint itself.
    private static readonly string[] MadeElsewhere = ["kinds/kinds-pod-overhead", "kinds/kinds-limitrange-applies", "kinds/kinds-reviews-tokenreview-invalid",
        "kinds/kinds-job-update-2", "kinds/kinds-vap-update", "kinds/kinds-job-update-indexed",
        "rest/rest-delete-finalizer-add-forbidden", "rest/rest-node-update-forbidden"];

    // Upstream shows what differs as a diff of Go structs.
    private static readonly string[] WithDiffs = ["kinds/kinds-pv-update", "kinds/kinds-pvc-update"];

    public static TheoryData<string> Scenarios()
    {
        var scenarios = new TheoryData<string>();
        foreach (var name in Recording.Names("kinds", "rest").Except(MadeElsewhere).Except(WithDiffs))
        {
            if (Recording.Load(name).Steps.Any(static step => step.Verb is "POST" or "PUT" or "PATCH" && step.Body is not null && step.Target is not null))
            {
                scenarios.Add(name);
            }
        }

        return scenarios;
    }

    [SharedTheory("reference/golden")]
    [MemberData(nameof(Scenarios))]
    public void Writes_end_as_recorded(string scenario)
    {
        var writes = new OfflineWrites();

        foreach (var step in Recording.Load(scenario).Steps)
        {
            writes.Play(step);
        }

        Assert.True(writes.Differences.Count == 0, string.Join("\n", writes.Differences));
    }

    [SharedFact("reference/golden")]
    public void Most_recorded_writes_of_these_kinds_are_compared()
    {
        var compared = 0;
        foreach (var scenario in ((IEnumerable<object[]>)Scenarios()).Select(static row => (string)row[0]))
        {
            var writes = new OfflineWrites();
            foreach (var step in Recording.Load(scenario).Steps)
            {
                writes.Play(step);
            }

            compared += writes.Compared;
        }

        Assert.InRange(compared, 700, int.MaxValue);
    }
}
