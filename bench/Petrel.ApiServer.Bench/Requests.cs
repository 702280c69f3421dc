using System.Globalization;

namespace Petrel.ApiServer.Bench;

/// <summary>The requests of the rate measurements, all on config maps of about 600 bytes.</summary>
internal static class Requests
{
    private const string Collection = "/api/v1/namespaces/default/configmaps";

    private static readonly string Text = new('x', 256);

    /// <summary>Prefix of names, so that no two runs meet.</summary>
    private static int _runs;

    public static IReadOnlyList<(string Name, Func<Connection, int, int, Task> Send)> All()
    {
        var run = Interlocked.Increment(ref _runs);
        return
        [
            ("create", (connection, client, number) => connection.SendAsync("POST", Collection, Body(Name(run, client, number), "created"))),
            ("get", (connection, client, number) => connection.SendAsync("GET", $"{Collection}/{Name(run, client, number % 50)}")),
            ("update", (connection, client, number) =>
                connection.SendAsync("PUT", $"{Collection}/{Name(run, client, number % 50)}", Body(Name(run, client, number % 50), Number(number)))),
            ("patch", (connection, client, number) => connection.SendAsync(
                "PATCH", $"{Collection}/{Name(run, client, number % 50)}", $"{{\"data\":{{\"state\":\"p{Number(number)}\"}}}}", "application/merge-patch+json")),
            ("apply", (connection, client, number) => connection.SendAsync(
                "PATCH",
                $"{Collection}/{Name(run, client, number % 50)}?fieldManager=bench&force=true",
                Body(Name(run, client, number % 50), "a" + Number(number)),
                "application/apply-patch+yaml")),
            ("list of 500", (connection, _, _) => connection.SendAsync("GET", Collection + "?limit=500")),
        ];
    }

    public static string Body(string name, string state) =>
        $"{{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{{\"name\":\"{name}\",\"labels\":{{\"app\":\"bench\"}}}},\"data\":{{\"state\":\"{state}\",\"text\":\"{Text}\"}}}}";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Name(int run, int client, int number) => $"bench-{Number(run)}-{Number(client)}-{Number(number)}";
}
