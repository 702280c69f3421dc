using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Yaml;

namespace Petrel.Api.Tests.Yaml;

public sealed class JsonToYamlTests
{
    [Theory]
    [InlineData("""{"b":1,"a":{"c":[1,{"x":"y","z":[]},["n1","n2"]],"d":{}}}""", "a:\n  c:\n  - 1\n  - x: \"y\"\n    z: []\n  - - n1\n    - n2\n  d: {}\nb: 1\n")]
    [InlineData("""[true,null,0.5,1e21,"x"]""", "- true\n- null\n- 0.5\n- 1e+21\n- x\n")]
    [InlineData("""{"k":"line1\nline2\n"}""", "k: |\n  line1\n  line2\n")]
    [InlineData("""{"k":"line1\n\n  line2"}""", "k: |-\n  line1\n\n    line2\n")]
    [InlineData("""{"k":"a\n\n"}""", "k: |+\n  a\n\n")]
    [InlineData("""{"k":" a\nb\n"}""", "k: |2\n   a\n  b\n")]
    [InlineData("""{"k":"a \nb"}""", "k: \"a \\nb\"\n")]
    [InlineData("""{"k":"tab\there"}""", "k: \"tab\\there\"\n")]
    [InlineData("""["yes","n","1","1.5","0x1f","null","~","","1:30","2024-01-02T03:04:05Z","<<"]""",
        "- \"yes\"\n- \"n\"\n- \"1\"\n- \"1.5\"\n- \"0x1f\"\n- \"null\"\n- \"~\"\n- \"\"\n- \"1:30\"\n- \"2024-01-02T03:04:05Z\"\n- \"<<\"\n")]
    [InlineData("""["a: b","a:b","# x","a # b","a#b","- x","-x","{x}","x{}","*a","@a","it's","a:","?","'q'"," lead","trail ","---"]""",
        "- 'a: b'\n- a:b\n- '# x'\n- 'a # b'\n- a#b\n- '- x'\n- -x\n- '{x}'\n- x{}\n- '*a'\n- '@a'\n- it's\n- 'a:'\n- '?'\n- '''q'''\n- ' lead'\n- 'trail '\n- '---'\n")]
    [InlineData("\"x\"", "x\n")]
    [InlineData("{}", "{}\n")]
    [InlineData("""["ä","\u0001","\u2028","😀"]""", "- ä\n- \"\\x01\"\n- \"\\L\"\n- \U0001F600\n")]
    [InlineData("""{"a10":1,"a9":1,"B":1,"a":1,"_":1,"1":1}""", "_: 1\n\"1\": 1\nB: 1\na: 1\na9: 1\na10: 1\n")]
    [InlineData("""{"yes":1,"a: b":2}""", "'a: b': 2\n\"yes\": 1\n")]
    public void Prints_what_kubectl_prints(string json, string yaml) => Assert.Equal(yaml, JsonToYaml.ToText(JsonTree.Parse(json)));

    [Fact]
    public void Long_texts_are_folded_at_blanks_behind_column_80()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 40));
        var lines = JsonToYaml.ToText(JsonMap.Create(("k", words))).TrimEnd('\n').Split('\n');
        Assert.All(lines[1..], static line => Assert.StartsWith("  word", line, StringComparison.Ordinal));
        Assert.Equal(82, lines[0].Length);
        Assert.Equal($"k: {words}", string.Join(' ', lines.Select(static line => line.Trim())));
    }

    [Fact]
    public void Long_names_are_written_with_a_question_mark()
    {
        var name = new string('x', 129);
        Assert.Equal($"? {name}\n: 1\n", JsonToYaml.ToText(JsonMap.Create((name, 1))));
    }

    [SharedFact("reference/api-fixtures/v1.33.0")]
    public void Every_fixture_is_printed_as_upstream_prints_it()
    {
        var files = Directory.GetFiles(SharedData.Path("reference/api-fixtures/v1.33.0"), "*.yaml");
        Assert.True(files.Length > 100);
        foreach (var file in files)
        {
            var json = JsonTree.Parse(File.ReadAllBytes(Path.ChangeExtension(file, ".json")));
            Assert.Equal(File.ReadAllText(file), JsonToYaml.ToText(json));
            Assert.True(YamlToJson.TryRead(File.ReadAllBytes(file), out var back, out var error, out _), error);
            Assert.Equal(json, back);
        }
    }

    [SharedFact("reference/golden/rest/rest-yaml-response-status.json")]
    public void Recorded_answers_are_reproduced()
    {
        var recording = (JsonMap)JsonTree.Parse(File.ReadAllBytes(SharedData.Path("reference/golden/rest/rest-yaml-response-status.json")));
        var compared = 0;
        foreach (var step in (JsonList)recording["steps"])
        {
            var yaml = ((JsonMap)step).FindMap("want")!.FindText("body");
            if (yaml is not null)
            {
                Assert.True(YamlToJson.TryRead(Encoding.UTF8.GetBytes(yaml), out var tree, out var error, out _), error);
                Assert.Equal(yaml, JsonToYaml.ToText(tree));
                compared++;
            }
        }

        Assert.True(compared > 3);
    }
}
