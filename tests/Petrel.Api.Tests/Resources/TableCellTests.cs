using Petrel.Api.Autoscaling.V2;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Tests.Resources;

/// <summary>Cells of tables in states that are rare.</summary>
public class TableCellTests
{
    [Theory]
    [InlineData("""{}""", "<none>")]
    [InlineData("""{"subsets":[{"notReadyAddresses":[{"ip":"192.0.2.1"}],"ports":[{"port":80}]}]}""", "")]
    [InlineData("""{"subsets":[{"addresses":[{"ip":"192.0.2.1"}]},{"addresses":[{"ip":"2001:db8::1"}],"ports":[{"port":80}]}]}""", "192.0.2.1,[2001:db8::1]:80")]
    public void Endpoints_that_are_all_unready_are_blank(string json, string expected) => Assert.Equal(expected, CellsOf<Endpoints>(json)[1]);

    [Theory]
    [InlineData("""{"type":"Pods","pods":{"metric":{"name":"m"},"target":{"type":"AverageValue","averageValue":"3"}}}""", """{"type":"Pods","pods":{"metric":{"name":"m"},"current":{"averageValue":"1"}}}""", "1/3")]
    [InlineData("""{"type":"Pods","pods":{"metric":{"name":"m"},"target":{"type":"AverageValue","averageValue":"3"}}}""", """{"type":"Pods","pods":{"metric":{"name":"m"},"current":{}}}""", "<nil>/3")]
    [InlineData("""{"type":"External","external":{"metric":{"name":"m"},"target":{"type":"Value","value":"3"}}}""", """{"type":"External","external":{"metric":{"name":"m"},"current":{"averageValue":"1"}}}""", "<nil>/3")]
    [InlineData("""{"type":"External","external":{"metric":{"name":"m"},"target":{"type":"AverageValue","averageValue":"3"}}}""", """{"type":"External","external":{"metric":{"name":"m"},"current":{"value":"1"}}}""", "<unknown>/3 (avg)")]
    [InlineData("""{"type":"Resource","resource":{"name":"cpu","target":{"type":"AverageValue","averageValue":"3"}}}""", """{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":5}}}""", "cpu: <nil>/3")]
    [InlineData("""{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}""", """{"type":"Resource","resource":{"name":"cpu","current":{"averageValue":"5"}}}""", "cpu: <unknown>/80%")]
    public void Amounts_of_autoscalers_can_be_missing(string metric, string current, string expected) =>
        Assert.Equal(expected, CellsOf<HorizontalPodAutoscaler>($$$"""{"spec":{"metrics":[{{{metric}}}]},"status":{"currentMetrics":[{{{current}}}]}}""")[2]);

    private static IReadOnlyList<object?> CellsOf<T>(string json)
        where T : ApiObject, IApiType<T>, IPrintable => JsonDecoder.Decode<T>(System.Text.Encoding.UTF8.GetBytes(json), new DecodeProblems()).Cells(DateTimeOffset.UnixEpoch);
}
