import { expect, test } from "vitest";
import { mongoServers } from "./mongoAddress.ts";

test.each([
  ["mongodb://a.example:27017/", "MongoDB at a.example:27017"],
  ["mongodb://gorder:s3cret@a.example,b.example:27018/?replicaSet=rs0", "MongoDB at a.example:27017,b.example:27018"],
  ["mongodb+srv://gorder:s3cret@cluster.example/?retryWrites=false", "MongoDB at cluster.example"],
  ["mongodb://[::1]:27017/", "MongoDB at [::1]:27017"],
])("%s names its servers, however many, and nothing else of it is told", (url, servers) => {
  expect(mongoServers(url)).toBe(servers);
});

test.each([
  ["postgres://gorder:s3cret@a.example/", "Invalid scheme"],
  ["mongodb://gorder:s3cret@a.example/?ssl-mode=REQUIRED", "option ssl-mode is not supported"],
  ["mongodb://gorder:s3/cret@a.example/", "unescaped"],
  ["mongodb://gorder:s3cret@a.example/?tls=true&ssl=false", "must be the same"],
  ["mongodb://gorder:s3cret@a.example/?tls=true&tls=true", "more than once"],
  ["mongodb://gorder:s3cret@a.example/?tlsCAFile=/nowhere.pem", "go with tls=true"],
  ["mongodb://gorder:s3cret@a.example/?TLSINSECURE=true", "go with tls=true"],
  ["mongodb+srv://gorder:s3cret@a.example/?tls=false&tlsCertificateKeyFile=/nowhere.pem", "go with tls=true"],
  ["mongodb://gorder:s3cret@a.example/#tls=true", 'takes no "#"'],
  ["mongodb://gorder:s3cret@a.example/?w=0", "w=0"],
  ["mongodb://gorder:s3cret@a.example/?tls=true&tlsCAFile=/nowhere.pem", "the file /nowhere.pem cannot be read"],
])("%s is refused for its fault, and its password is not told", (url, fault) => {
  expect(() => mongoServers(url)).toThrow(fault);
  expect(() => mongoServers(url)).not.toThrow(/s3\/?cret/);
});
