using System.Net;
using System.Text;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Kubernetes;

/// <summary>
/// Asks a real server every question in the files of Cases. A case is a question line, the code and flags, and the records
/// in any order; cases are parted by empty lines, and lines with # are comments.
/// </summary>
public sealed class ClusterAnswerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    public static TheoryData<string> Files => [.. Directory.GetFiles(CasesFolder, "*.txt").Select(Path.GetFileName).OfType<string>().Order()];

    private static string CasesFolder => Path.Combine(AppContext.BaseDirectory, "Cases");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Answers_are_those_of_the_case(string file)
    {
        DnsServerOptions options = new() { Time = new ManualTime(Now), ServerAddresses = [IPAddress.Parse("10.96.0.10")] };
        await using DnsServer server = await TestServer.StartAsync(options);
        string[] cases = ReadCases(await File.ReadAllTextAsync(Path.Combine(CasesFolder, file)));
        Assert.NotEmpty(cases);

        StringBuilder expected = new();
        StringBuilder actual = new();
        foreach (string @case in cases)
        {
            expected.AppendLine(Sort(@case)).AppendLine();
            actual.AppendLine(Sort(await AskAsync(server, @case.Split('\n')[0]))).AppendLine();
        }

        Assert.Equal(expected.ToString(), actual.ToString());
    }

    private static async Task<string> AskAsync(DnsServer server, string questionLine)
    {
        string[] words = questionLine.Split(' ');
        RecordType type = Enum.Parse<RecordType>(words[2], ignoreCase: true);
        DnsMessage reply = await TestClient.AskTcpAsync(server.EndPoints[0], words[1], type);
        string authoritative = reply.Flags.Authoritative ? " aa" : "";
        IEnumerable<string> records =
        [
            .. reply.Sections.Answers.Select(RecordText.Format),
            .. reply.Sections.Authority.Select(record => $"authority {RecordText.Format(record)}"),
            .. reply.Sections.Additional.Select(record => $"additional {RecordText.Format(record)}"),
        ];
        return string.Join('\n', [questionLine, $"{reply.ResponseCode}{authoritative}", .. records]);
    }

    private static string[] ReadCases(string text)
    {
        IEnumerable<string> lines = text.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('#'));
        return string.Join('\n', lines).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Question and code stay first; the records may come in any order.</summary>
    private static string Sort(string @case)
    {
        string[] lines = @case.Split('\n');
        return string.Join('\n', [.. lines.Take(2), .. lines.Skip(2).Order(StringComparer.Ordinal)]);
    }
}
