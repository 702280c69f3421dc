using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;

namespace Petrel.Api.Tests.FieldManagement;

public sealed class FieldTrackerTests
{
    private static readonly FieldTracker Pods = Recording.Tracker(ResourceType.Of<Core.Pod>());

    [Fact]
    public async Task Conflicts_name_every_field_by_manager()
    {
        var (live, managers) = await ApplyAsync(Pods.Empty, default, """{"containers":[{"name":"a","image":"i1","env":[{"name":"E","value":"1"}],"ports":[{"containerPort":80,"name":"http"}]}]}""", "m1");
        var outcome = await TryApplyAsync(live, managers, """{"containers":[{"name":"a","image":"i2","env":[{"name":"E","value":"2"}],"ports":[{"containerPort":80,"protocol":"TCP","name":"web"}]}]}""", "m2");
        Assert.Equal(409, outcome.Failure?.Code);
        Assert.Equal(
            """
            Apply failed with 3 conflicts: conflicts with "m1":
            - .spec.containers[name="a"].image
            - .spec.containers[name="a"].env[name="E"].value
            - .spec.containers[name="a"].ports[containerPort=80,protocol="TCP"].name
            """,
            outcome.Failure!.Message);
        Assert.Equal(3, outcome.Failure.Causes.Count);
        Assert.Equal(("FieldManagerConflict", "conflict with \"m1\"", ".spec.containers[name=\"a\"].image"), (outcome.Failure.Causes[0].Reason, outcome.Failure.Causes[0].Message, outcome.Failure.Causes[0].Field));
    }

    [Fact]
    public async Task Force_takes_fields_over()
    {
        var (live, managers) = await ApplyAsync(Pods.Empty, default, """{"containers":[{"name":"a","image":"i1"}]}""", "m1");
        var outcome = await TryApplyAsync(live, managers, """{"containers":[{"name":"a","image":"i2"}]}""", "m2", force: true);
        Assert.Equal(
            """
            m1 Apply v1  at {f:spec:{f:containers:{k:{"name":"a"}:{.:{},f:name:{}}}}}
            m2 Apply v1  at {f:spec:{f:containers:{k:{"name":"a"}:{.:{},f:image:{},f:name:{}}}}}
            """,
            Recording.Describe(outcome.ManagedFields));
    }

    [Theory]
    [InlineData("""[{"name":"a"},{"name":"b"},{"name":"c"}]""", """[{"name":"c"},{"name":"a"},{"name":"b"}]""", "c,a,b")]
    [InlineData("""[{"name":"c"},{"name":"a"},{"name":"b"}]""", """[{"name":"x"},{"name":"b"},{"name":"a"}]""", "c,x,b,a")]
    [InlineData("""[{"name":"a"}]""", """[{"name":"b"},{"name":"a"}]""", "b,a")]
    public async Task Applied_items_take_the_applied_order(string first, string second, string names)
    {
        var (live, managers) = await ApplyAsync(Pods.Empty, default, $$"""{"containers":{{first}}}""", "m1");
        var (result, _) = await ApplyAsync(live, managers, $$"""{"containers":{{second}}}""", "m2");
        var containers = (JsonList)result.FindMap("spec")!["containers"];
        Assert.Equal(names, string.Join(',', containers.Select(static container => ((JsonMap)container).FindText("name"))));
    }

    [Fact]
    public async Task A_volume_changes_its_source()
    {
        var (live, managers) = await ApplyAsync(Pods.Empty, default, """{"volumes":[{"name":"v","emptyDir":{}}]}""", "m1");
        var (result, after) = await ApplyAsync(live, managers, """{"volumes":[{"name":"v","configMap":{"name":"x"}}]}""", "m1");
        Assert.Equal("""[{"name":"v","configMap":{"name":"x"}}]""", result.FindMap("spec")!["volumes"].ToString());
        Assert.Equal("""m1 Apply v1  at {f:spec:{f:volumes:{k:{"name":"v"}:{.:{},f:configMap:{f:name:{}},f:name:{}}}}}""", Recording.Describe(after));
    }

    [Fact]
    public async Task Items_that_cannot_be_told_apart_are_owned_together()
    {
        var created = Pod("""{"containers":[{"name":"a","env":[{"name":"A","value":"1"},{"name":"A","value":"2"}]}]}""");
        var managers = Pods.Create(created, "golden", Recording.Now);
        Assert.Equal("""golden Update v1  at {f:spec:{f:containers:{k:{"name":"a"}:{.:{},f:env:{.:{},k:{"name":"A"}:{}},f:name:{}}}}}""", Recording.Describe(managers));
        var outcome = await TryApplyAsync(created, managers, """{"containers":[{"name":"a","env":[{"name":"A","value":"3"}]}]}""", "m2", force: true);
        Assert.Equal("""[{"name":"A","value":"3"}]""", ((JsonMap)((JsonList)outcome.Result!.FindMap("spec")!["containers"])[0])["env"].ToString());
        Assert.Equal(
            """
            m2 Apply v1  at {f:spec:{f:containers:{k:{"name":"a"}:{.:{},f:env:{k:{"name":"A"}:{.:{},f:name:{},f:value:{}}},f:name:{}}}}}
            golden Update v1  at {f:spec:{f:containers:{k:{"name":"a"}:{.:{},f:env:{},f:name:{}}}}}
            """,
            Recording.Describe(outcome.ManagedFields));
    }

    [Fact]
    public async Task Subresources_have_managers_of_their_own_and_do_not_own_the_rest()
    {
        var status = Recording.Tracker(ResourceType.Of<Core.Pod>(), "status");
        var live = Pod("""{"containers":[{"name":"a"}]}""");
        var managers = Pods.Create(live, "golden", Recording.Now);
        var updated = Pod("""{"containers":[{"name":"b"}]}""").With("status", JsonTree.Parse("""{"phase":"Running"}"""));
        Assert.Equal(
            """
            golden Update v1  at {f:spec:{f:containers:{k:{"name":"a"}:{.:{},f:name:{}}}}}
            golden Update v1 status at {f:status:{f:phase:{}}}
            """,
            Recording.Describe(await status.UpdateAsync(live, managers, updated, default, "golden", Recording.Now.AddSeconds(1), CancellationToken.None)));
    }

    [Fact]
    public async Task Old_updaters_are_merged_when_there_are_more_than_ten()
    {
        var live = Labelled(0);
        var managers = Pods.Create(live, "u00", Recording.Now);
        for (var i = 1; i <= 12; i++)
        {
            var updated = Labelled(i);
            managers = await Pods.UpdateAsync(live, managers, updated, managers, $"u{i:00}", Recording.Now.AddSeconds(i), CancellationToken.None);
            live = updated;
        }

        Assert.Equal(10, managers.Count);
        Assert.Equal("ancient-changes", managers[0].Manager);
        Assert.Equal(Recording.Now.AddSeconds(3), managers[0].Time);
        Assert.Equal("""{"f:metadata":{"f:labels":{".":{},"f:l0":{},"f:l1":{},"f:l2":{},"f:l3":{}}}}""", managers[0].FieldsV1!.ToString());
        Assert.Equal("u04", managers[1].Manager);
    }

    [Fact]
    public async Task What_does_not_change_is_the_same_list()
    {
        var live = Labelled(3);
        var managers = Pods.Create(live, "u", Recording.Now);
        Assert.Equal(managers, await Pods.UpdateAsync(live, managers, Labelled(3), managers, "other", Recording.Now.AddSeconds(9), CancellationToken.None));
    }

    [Theory]
    [InlineData("""[{"manager":"x","operation":"Bad","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:a":{}}}]""")]
    [InlineData("""[{"manager":"x","operation":"Update","apiVersion":"","fieldsType":"FieldsV1","fieldsV1":{"f:a":{}}}]""")]
    [InlineData("""[{"manager":"x","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV2","fieldsV1":{"f:a":{}}}]""")]
    [InlineData("""[{"manager":"x","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"a":{}}}]""")]
    public async Task Stated_managers_that_cannot_be_read_do_not_count(string stated)
    {
        var live = Labelled(1);
        var managers = Pods.Create(live, "u", Recording.Now);
        var entries = JsonDecoder.Decode<Core.Pod>(System.Text.Encoding.UTF8.GetBytes($$$"""{"metadata":{"managedFields":{{{stated}}}}}"""), new DecodeProblems()).Metadata.ManagedFields;
        Assert.Equal(managers, await Pods.UpdateAsync(live, managers, Labelled(1), entries, "other", Recording.Now, CancellationToken.None));
    }

    [Fact]
    public async Task Kubectl_takes_over_what_it_applied_from_the_client_side()
    {
        const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
        var last = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"a","image":"i1"}]}}""";
        var live = Pod("""{"containers":[{"name":"a","image":"i1"}]}""").With("metadata", JsonMap.Create(("name", "p"), ("annotations", JsonMap.Create((Annotation, last)))));
        var managers = Pods.Create(live, "kubectl-client-side-apply", Recording.Now);
        var outcome = await TryApplyAsync(live, managers, """{"containers":[{"name":"a","image":"i2"}]}""", "kubectl");
        Assert.Null(outcome.Failure);
        Assert.Equal(
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"image":"i2","name":"a"}]}}""" + "\n",
            outcome.Result!.FindMap("metadata")!.FindMap("annotations")!.FindText(Annotation));
        Assert.Equal(409, (await TryApplyAsync(live, managers, """{"containers":[{"name":"a","image":"i2"}]}""", "other")).Failure?.Code);
    }

    private static async Task<(JsonMap Value, ApiList<ManagedFieldsEntry> Managers)> ApplyAsync(JsonMap live, ApiList<ManagedFieldsEntry> managers, string spec, string manager)
    {
        var outcome = await TryApplyAsync(live, managers, spec, manager);
        Assert.Null(outcome.Failure);
        return (outcome.Result!, outcome.ManagedFields);
    }

    private static async Task<ApplyOutcome> TryApplyAsync(JsonMap live, ApiList<ManagedFieldsEntry> managers, string spec, string manager, bool force = false)
    {
        var applied = (JsonMap)JsonTree.Parse($$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{{{spec}}}}""");
        return await Pods.ApplyAsync(live, managers, applied, manager, force, Recording.Now, CancellationToken.None);
    }

    private static JsonMap Pod(string spec) => Pods.Empty.With("spec", JsonTree.Parse(spec));

    private static JsonMap Labelled(int last)
    {
        var labels = JsonMap.Create([.. Enumerable.Range(0, last + 1).Select(static i => ($"l{i}", (JsonTree)"x"))]);
        return Pods.Empty.With("metadata", JsonMap.Create(("labels", labels)));
    }
}
